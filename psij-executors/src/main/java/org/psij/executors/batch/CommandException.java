package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;
import org.psij.PsijException;

/**
 * A command of a scheduler that was not found, did not end in time, or whose answer is none. Says
 * nothing about any job.
 */
public final class CommandException extends PsijException {
  private static final long serialVersionUID = 1L;

  /** Whether the command was started, and its answer is not known. */
  private final boolean timeout;

  private CommandException(String problem, @Nullable Throwable cause, boolean timeout) {
    super(problem, cause);
    this.timeout = timeout;
  }

  /**
   * Creates an exception for a command that could not be started.
   *
   * @param problem what happened, with the command line
   * @param cause what led to it, or null
   */
  public CommandException(String problem, @Nullable Throwable cause) {
    this(problem, cause, false);
  }

  /**
   * Creates an exception for an answer that cannot be used.
   *
   * @param problem what is wrong with it
   * @param result the answer
   */
  public CommandException(String problem, CommandResult result) {
    this(problem + ": " + result, null, false);
  }

  static CommandException ofTimeout(String problem) {
    return new CommandException(problem, null, true);
  }

  static CommandException ofLostAnswer(String problem, Throwable cause) {
    return new CommandException(problem, cause, true);
  }

  /**
   * Tells whether the command was killed because it took too long, or what it printed is lost; it
   * may have had its effect.
   *
   * @return true if it was started, and its answer is not known
   */
  public boolean isTimeout() {
    return timeout;
  }
}
