package org.psij.executors.work;

import java.time.Instant;
import java.util.List;
import org.psij.PsijException;

/**
 * A capability of the executors that keep files of their jobs: shows what ended jobs have left in
 * the work directory. Safe for use by many threads.
 *
 * @see org.psij.JobExecutor#capability
 */
@FunctionalInterface
public interface Leftovers {
  /**
   * Finds what jobs have left of which it is certain that they have ended. What is left of a job
   * whose process is there, and has not been told the end, is not among it; nor what earlier
   * versions have left, which kept no list of it.
   *
   * @param oldest jobs that ended after this are left out
   * @return what is left, the oldest first
   * @throws PsijException if the work directory cannot be read
   */
  List<Leftover> endedBefore(Instant oldest);
}
