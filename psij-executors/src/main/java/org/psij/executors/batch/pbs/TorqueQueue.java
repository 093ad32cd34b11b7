package org.psij.executors.batch.pbs;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.QueueDialect;

/**
 * How Torque, and the qstat of Slurm, list the jobs of all users. Jobs that have ended are among
 * them for as long as the server keeps them ({@code keep_completed}, {@code MinJobAge}).
 */
final class TorqueQueue implements QueueDialect {
  @Override
  public List<List<String>> commands() {
    return List.of(List.of("qstat", "-f"));
  }

  @Override
  public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
    return new ShownJobs(
        output,
        new QstatText(AttributeNames.QUEUE),
        job -> job.isOfSlurm() ? ofSlurm(job) : ofTorque(job));
  }

  private static QueuedJob ofTorque(QstatJob job) {
    NativeStatus status = JobStates.read(job);
    boolean queued = ShownJob.isQueued(status);
    return describe(job, status)
        .submitTime(Ctime.read(job.get("ctime", "qtime")))
        .startTime(queued ? null : Ctime.read(job.get("start_time")))
        .endTime(status == null ? null : status.endTime())
        .build();
  }

  /**
   * Slurm's qstat has {@code mtime} for the start and {@code ctime} for the end, also for one that
   * is yet to come.
   */
  private static QueuedJob ofSlurm(QstatJob job) {
    NativeStatus status = SlurmJobStates.read(job);
    boolean started = job.get("exec_host") != null && !ShownJob.isQueued(status);
    boolean ended = status == null || status.isFinal();
    QueuedJob.Builder shown =
        describe(job, status)
            .submitTime(Ctime.read(job.get("qtime")))
            .startTime(started ? Ctime.read(job.get("mtime")) : null)
            .endTime(ended ? Ctime.read(job.get("ctime")) : null);
    return status == null
        ? shown.reason("has ended; the qstat of Slurm does not tell how").build()
        : shown.build();
  }

  private static QueuedJob.Builder describe(QstatJob job, @Nullable NativeStatus status) {
    return ShownJob.describe(job, String.valueOf(job.get("job_state")), status);
  }

  /** Slurm's qstat returns {@link Answers#UNKNOWN_JOB} if there is no job at all. */
  @Override
  public void check(CommandResult result) {
    boolean answered = result.exitCode() == 0 || result.exitCode() == Answers.UNKNOWN_JOB;
    if (!answered || Answers.isUnreachable(result)) {
      throw new CommandException("qstat could not list all jobs", result);
    }
  }
}
