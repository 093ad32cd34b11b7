package org.psij.executors.batch;

import java.time.Duration;
import java.util.List;

/** Runs the commands of a scheduler where they are installed. Safe for use by many threads. */
interface CommandRunner {
  /**
   * Runs a command to its end.
   *
   * @param command the plain name of the command, and its arguments
   * @param limit how long it may take
   * @return what it printed and returned
   * @throws CommandException if it cannot be started, or is not done in time and was killed
   */
  CommandResult run(List<String> command, Duration limit);

  /**
   * Starts a command whose output may be too long to be kept.
   *
   * @param command the plain name of the command, and its arguments
   * @param limit how long it may keep its reader waiting, in all
   * @return the command; to be closed
   * @throws CommandException if it cannot be started
   */
  RunningCommand start(List<String> command, Duration limit);
}
