package org.psij.executors.batch.pbs;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.QueueDialect;

/**
 * How OpenPBS lists the jobs of all users: those in the queues, and then, if the server keeps a
 * history, those that have ended ({@code -x}, which lists the others again). The tasks of an array
 * are listed in its place ({@code -t}).
 */
final class PbsQueue implements QueueDialect {
  private static final String HISTORY = "-x";
  private static final String TASKS = "-t";

  /** A job may be gone when it is its turn to be listed. */
  private static final Set<Integer> ANSWERED = Set.of(0, Answers.UNKNOWN_JOB, Answers.FINISHED_JOB);

  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("qstat", TASKS, "-f", "-F", "json"),
        List.of("qstat", HISTORY, TASKS, "-f", "-F", "json"));
  }

  @Override
  public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
    boolean history = command.contains(HISTORY);
    boolean tasks = command.contains(TASKS);
    return new ShownJobs(
        output,
        new QstatJson(AttributeNames.QUEUE),
        job -> tasks && job.id().contains("[]") ? null : describe(job, history));
  }

  /** How a task ended that has no record of its own is left to the history. */
  private static @Nullable QueuedJob describe(QstatJob job, boolean history) {
    NativeStatus status = JobStates.read(job);
    if (status == null && !history) {
      return null;
    }
    QueuedJob.Builder shown =
        ShownJob.describe(job, String.valueOf(job.get("job_state")), status)
            .submitTime(Ctime.read(job.get("ctime", "qtime")))
            .endTime(status == null ? null : status.endTime());
    return shown.startTime(ShownJob.isQueued(status) ? null : Ctime.read(job.get("stime"))).build();
  }

  @Override
  public void check(CommandResult result) {
    boolean noHistory =
        result.exitCode() == Answers.NO_HISTORY && result.command().contains(HISTORY);
    if (!noHistory && (!ANSWERED.contains(result.exitCode()) || Answers.isUnreachable(result))) {
      throw new CommandException("qstat could not list all jobs", result);
    }
  }
}
