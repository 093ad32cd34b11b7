package org.psij;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** When a file is staged out or cleaned up. */
public enum StageOutFlags {
  /** Only if the file exists; without this flag a missing file is an error. */
  IF_PRESENT,
  /** When the job returned exit code zero. */
  ON_SUCCESS,
  /** When the job returned another exit code or was killed. */
  ON_ERROR,
  /** When the job was cancelled. */
  ON_CANCEL;

  /**
   * However the job ended: {@link #ON_SUCCESS}, {@link #ON_ERROR} and {@link #ON_CANCEL}. Cannot be
   * modified.
   */
  public static final Set<StageOutFlags> ALWAYS =
      Collections.unmodifiableSet(EnumSet.of(ON_SUCCESS, ON_ERROR, ON_CANCEL));
}
