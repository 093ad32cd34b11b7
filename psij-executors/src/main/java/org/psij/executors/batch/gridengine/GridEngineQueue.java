package org.psij.executors.batch.gridengine;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.QueueDialect;

/**
 * All jobs of Grid Engine: those that have not ended, with a row for each slot ({@code -g t}),
 * since nothing else tells on which hosts they run; those in the accounting of the last day; and
 * those that qmaster remembers, of which nothing more is known if the accounting cannot be read
 * here.
 */
final class GridEngineQueue implements QueueDialect {
  private static final String QACCT = "qacct";

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("qstat", "-u", "*", "-s", "prs", "-g", "t", "-r", "-xml"),
          List.of(QACCT, "-d", "1", "-j"),
          List.of("qstat", "-u", "*", "-s", "z", "-xml"));

  @Override
  public List<List<String>> commands() {
    return COMMANDS;
  }

  @Override
  public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
    return isQacct(command)
        ? new QacctQueueRows(output)
        : new QstatQueueRows(new JobListReader(output));
  }

  private static boolean isQacct(List<String> command) {
    return command.get(0).endsWith(QACCT);
  }

  @Override
  public void check(CommandResult result) {
    boolean isEmpty =
        isQacct(result.command()) && result.stderr().contains("no jobs running since startup");
    if (result.exitCode() != 0 && !isEmpty) {
      throw new CommandException("Grid Engine did not list its jobs", result);
    }
  }
}
