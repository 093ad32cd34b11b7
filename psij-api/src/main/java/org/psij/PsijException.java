package org.psij;

import org.jspecify.annotations.Nullable;

/** The root of what this library throws. Its message is fit to be shown to a person. */
public class PsijException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, to which job, and what to do about it
   * @param cause what led to it, or null
   */
  public PsijException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
