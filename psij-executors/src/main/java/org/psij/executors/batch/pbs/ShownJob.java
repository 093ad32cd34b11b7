package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.NativeStatus;

/** What {@code qstat -f} shows about a job, whoever submitted it. */
final class ShownJob {
  private ShownJob() {}

  /**
   * Describes a job but for its times, which have other names with each scheduler.
   *
   * @param job its attributes
   * @param nativeState its {@code job_state}
   * @param status what the state means, or null if the job has ended in a way that is not told
   * @return the description so far
   */
  static QueuedJob.Builder describe(
      QstatJob job, String nativeState, @Nullable NativeStatus status) {
    QueuedJob.Builder shown =
        QueuedJob.builder(job.id(), nativeState)
            .name(text(job.get("Job_Name")))
            .user(user(job.get("Job_Owner")))
            .queues(list(text(job.get("queue"))))
            .state(status == null ? null : status.state())
            .exitCode(status == null ? null : status.exitCode())
            .reason(text(status == null ? job.get("comment") : status.reason()));
    return addNodes(shown, job, status);
  }

  private static QueuedJob.Builder addNodes(
      QueuedJob.Builder shown, QstatJob job, @Nullable NativeStatus status) {
    ExecHosts hosts = ExecHosts.of(job);
    Set<String> names = hosts.names();
    if (names.isEmpty() || isQueued(status)) {
      AskedNodes asked = AskedNodes.of(job);
      return shown.nodeCount(asked.nodes()).cpusPerNode(asked.mostCpus());
    }
    return shown.nodes(names).nodeCount(names.size()).cpusPerNode(hosts.mostCpus());
  }

  /**
   * Tells whether a job waits, perhaps again: what it has of an earlier run does not count.
   *
   * @param status its status, or null
   * @return true if it does
   */
  static boolean isQueued(@Nullable NativeStatus status) {
    return status != null && status.state() == JobState.QUEUED;
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable String user(@Nullable String owner) {
    String text = text(owner);
    int at = text == null ? -1 : text.lastIndexOf('@');
    return text == null || at <= 0 ? text : text.substring(0, at);
  }

  private static List<String> list(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
