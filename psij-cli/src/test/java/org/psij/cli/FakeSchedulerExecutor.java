package org.psij.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.psij.ExecutorContext;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.ResourceSpecV1;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import org.psij.SubmitException;
import org.psij.executors.batch.ScriptPreview;

/**
 * Stands for an executor with a scheduler below it. What it says about a job, and only when it is
 * asked to look, is the native id: {@code silent}, {@code pending}, {@code completed}, {@code
 * failed}; {@code refused} cannot be attached, and {@code stubborn} cannot be cancelled.
 */
public final class FakeSchedulerExecutor extends JobExecutor {
  /** When a job of its queue was started. */
  static final Instant NOON = Instant.parse("1970-01-01T12:00:00Z");

  private final Map<Job, String> attached = new ConcurrentHashMap<>();

  /**
   * Creates the executor.
   *
   * @param context what the registry knows and the user wants
   */
  public FakeSchedulerExecutor(ExecutorContext context) {
    super(context);
  }

  @Override
  public Set<Feature> getFeatures() {
    return Set.of(Feature.ATTACH, Feature.MULTI_PROCESS);
  }

  @Override
  public <C> Optional<C> capability(Class<C> type) {
    if (type == ResourceStatus.class) {
      return Optional.of(type.cast((ResourceStatus) FakeSchedulerExecutor::look));
    }
    if (type == QueueView.class) {
      QueueView queue = FakeSchedulerExecutor::queue;
      return Optional.of(type.cast(queue));
    }
    ScriptPreview preview = FakeSchedulerExecutor::preview;
    return type == ScriptPreview.class ? Optional.of(type.cast(preview)) : Optional.empty();
  }

  private static ResourceSummary look() {
    return ResourceSummary.builder()
        .time(Instant.parse("2026-11-22T20:00:00.5Z"))
        .architectures(List.of("x86_64"))
        .totalCores(32)
        .freeCores(20)
        .totalMemory(64L << 30)
        .ownRunningJobs(1)
        .queues(
            List.of(
                QueueSummary.builder("day")
                    .defaultQueue(true)
                    .freeCores(20)
                    .totalCores(32)
                    .largestNodeCores(16)
                    .largestNodeMemory(32L << 30)
                    .largestJob(
                        LargestJob.builder()
                            .coresPerNode(16)
                            .walltime(Duration.ofHours(26))
                            .build())
                    .build(),
                QueueSummary.builder("night").started(false).build(),
                QueueSummary.builder("old").open(false).build()))
        .build();
  }

  private static Stream<QueuedJob> queue() {
    return Stream.of(
        QueuedJob.builder("1", "R")
            .state(JobState.ACTIVE)
            .name("simu\u001blate")
            .user("ann")
            .queues(List.of("debug"))
            .nodes(List.of("n1", "n2"))
            .nodeCount(2)
            .cpusPerNode(8)
            .submitTime(NOON)
            .startTime(NOON)
            .build(),
        QueuedJob.builder("2", "PD")
            .state(JobState.QUEUED)
            .user("bob")
            .queues(List.of("debug", "long"))
            .reason("Priority")
            .build(),
        QueuedJob.builder("3_1", "F").state(JobState.FAILED).exitCode(3).build(),
        QueuedJob.builder("4", "CD").state(JobState.COMPLETED).user("bob").exitCode(0).build());
  }

  private static ScriptPreview.Preview preview(Job job) {
    JobSpec spec = job.getSpec();
    return new ScriptPreview.Preview(
        "#!/bin/bash\n" + String.join(" ", spec.getArguments()) + "\n",
        List.of("fakesub", "--name", "a b", "/srv/jobs/job.sh"),
        spec.getResources() instanceof ResourceSpecV1 resources
            ? resources
            : ResourceSpecV1.builder().build());
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    throw new SubmitException("'fakesub' was refused:\n  no such queue\n  try another\n");
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    if (nativeId.equals("refused")) {
      throw new SubmitException("no such id");
    }
    attached.put(job, nativeId);
    report(job, JobStatus.builder(JobState.QUEUED).build());
  }

  @Override
  protected void doRefresh() {
    attached.forEach(this::look);
  }

  private void look(Job job, String nativeId) {
    switch (nativeId) {
      case "pending", "stubborn" ->
          report(
              job,
              JobStatus.builder(JobState.QUEUED)
                  .metadata(JobStatus.NATIVE_STATE, "PD")
                  .message("waits for nodes")
                  .build());
      case "completed" -> report(job, JobStatus.builder(JobState.COMPLETED).exitCode(0).build());
      case "failed" -> report(job, JobStatus.builder(JobState.FAILED).exitCode(7).build());
      default -> {}
    }
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    if (nativeId.equals("stubborn")) {
      throw new SubmitException("not your job");
    }
    report(job, JobStatus.builder(JobState.CANCELED).build());
  }

  @Override
  protected List<String> doList() {
    throw new SubmitException("'fakeq' was not found\nin the PATH");
  }

  @Override
  protected void doClose() {}
}
