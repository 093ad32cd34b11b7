package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;
import org.psij.PsijException;

/**
 * A command of a scheduler that was not found, did not end in time, or whose answer is none. Says
 * nothing about any job.
 */
public final class CommandException extends PsijException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for a command that could not be run to its end.
   *
   * @param problem what happened, with the command line
   * @param cause what led to it, or null
   */
  public CommandException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  /**
   * Creates an exception for an answer that cannot be used.
   *
   * @param problem what is wrong with it
   * @param result the answer
   */
  public CommandException(String problem, CommandResult result) {
    super(problem + ": " + result, null);
  }
}
