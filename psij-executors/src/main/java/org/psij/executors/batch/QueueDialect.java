package org.psij.executors.batch;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.psij.QueuedJob;

/**
 * How a scheduler lists the jobs of all users. Pure functions, as in {@link BatchScheduler}, but
 * that output is read while it comes.
 */
public interface QueueDialect {
  /**
   * Says how to ask for all jobs.
   *
   * @return the commands, at least one. The first must answer; the others tell of further jobs,
   *     such as those that ended long ago, and may fail. A job that was listed before is not taken
   *     again.
   */
  List<List<String>> commands();

  /**
   * Reads what a command prints. A row that cannot be read is left out, and spoils no other.
   *
   * @param command one of the {@link #commands}
   * @param output what it prints; the caller closes it
   * @return the jobs as they come; throws {@link java.io.UncheckedIOException} if the output cannot
   *     be read on
   */
  Iterator<QueuedJob> jobs(List<String> command, InputStream output);

  /**
   * Tells whether a command that has ended had nothing to say, or could not ask.
   *
   * @param result what it returned, and printed to its standard error; its standard output has been
   *     read and is empty here
   * @throws CommandException if the scheduler could not be asked
   */
  void check(CommandResult result);
}
