package org.psij.executors.batch.lsf;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.QueueDialect;

/**
 * How LSF lists the jobs of all users, those too that ended within {@code CLEAN_PERIOD} (manual
 * page bjobs(1)).
 */
final class LsfQueue implements QueueDialect {
  private final LsfTime time;

  /**
   * Reads listings.
   *
   * @param clock tells the present time, since LSF does not tell the year
   */
  LsfQueue(InstantSource clock) {
    this.time = new LsfTime(clock);
  }

  /** {@code -X} names each host, and not the group that it belongs to. */
  @Override
  public List<List<String>> commands() {
    return List.of(List.of("bjobs", "-u", "all", "-a", "-X", "-noheader", "-o", ShownJobs.FORMAT));
  }

  @Override
  public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
    return new ShownJobs(output, time);
  }

  @Override
  public void check(CommandResult result) {
    if (result.exitCode() != 0 && !LsfAnswers.saysNoJob(result.stderr())) {
      throw new CommandException("bjobs could not list all jobs", result);
    }
  }
}
