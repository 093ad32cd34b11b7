package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which jobs can never run. */
final class ResourceSummaryTest {
  private static final LargestJob LIMITS =
      LargestJob.builder()
          .nodes(4)
          .cores(64)
          .coresPerNode(16)
          .gpusPerNode(2)
          .memory(100_000L)
          .memoryPerNode(30_000L)
          .build();

  private static final QueueSummary DEBUG =
      QueueSummary.builder("debug")
          .defaultQueue(true)
          .largestNodeCores(16)
          .largestJob(limits(Duration.ofHours(1)))
          .build();

  private static final QueueSummary LONG =
      QueueSummary.builder("long").largestNodeCores(16).largestJob(LIMITS).build();

  private static final QueueSummary CLOSED = QueueSummary.builder("closed").open(false).build();

  private static final ResourceSummary CLUSTER =
      ResourceSummary.builder()
          .queues(List.of(DEBUG, LONG, CLOSED))
          .overridingAttributes(List.of("slurm.partition", "slurm.l"))
          .build();

  private static LargestJob limits(Duration walltime) {
    return LargestJob.builder()
        .nodes(4)
        .cores(64)
        .coresPerNode(16)
        .gpusPerNode(2)
        .memory(100_000L)
        .memoryPerNode(30_000L)
        .walltime(walltime)
        .build();
  }

  private static JobSpec job(
      Consumer<ResourceSpecV1.Builder> resources, Consumer<JobAttributes.Builder> attributes) {
    ResourceSpecV1.Builder asked = ResourceSpecV1.builder();
    resources.accept(asked);
    JobAttributes.Builder given = JobAttributes.builder();
    attributes.accept(given);
    return JobSpec.builder("a").resources(asked.build()).attributes(given.build()).build();
  }

  private static JobSpec asking(Consumer<ResourceSpecV1.Builder> resources) {
    return job(resources, attributes -> {});
  }

  private static JobSpec with(Consumer<JobAttributes.Builder> attributes) {
    return job(resources -> {}, attributes);
  }

  private static void assertRefused(JobSpec spec, String field, String problem) {
    assertThatThrownBy(() -> CLUSTER.requireRunnable(spec))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.getField()).isEqualTo(field))
        .hasMessage(field + ": " + problem);
  }

  private static void assertRunnable(ResourceSummary where, JobSpec spec) {
    assertThatCode(() -> where.requireRunnable(spec)).doesNotThrowAnyException();
  }

  @Test
  void moreCoresThanAnyNodeHasAreRefused() {
    assertRefused(
        asking(resources -> resources.cpuCoresPerProcess(17)),
        "resources.cpu_cores_per_process",
        "17 cores a process, but the largest node of queue 'debug' has 16");
    assertRefused(
        asking(resources -> resources.nodeCount(2).processesPerNode(9).cpuCoresPerProcess(2)),
        "resources.processes_per_node",
        "18 cores on a node, but the largest node of queue 'debug' has 16");
    assertRunnable(CLUSTER, asking(resources -> resources.cpuCoresPerProcess(16)));
  }

  @Test
  void whatIsMoreThanTheWholeQueueIsRefused() {
    assertRefused(
        asking(resources -> resources.processCount(65)),
        "resources.process_count",
        "65 cores in all, but queue 'debug' allows 64");
    assertRefused(
        asking(resources -> resources.nodeCount(5)),
        "resources.node_count",
        "5 nodes, but queue 'debug' allows 4");
    assertRefused(
        asking(resources -> resources.processesPerNode(2).gpuCoresPerProcess(2)),
        "resources.gpu_cores_per_process",
        "4 GPUs on a node, but queue 'debug' allows 2");
  }

  @Test
  void processesThatMayBeSpreadNeedNotFitOnANode() {
    JobSpec spec = asking(resources -> resources.processCount(40));
    assertRunnable(CLUSTER, spec);

    ResourceSummary oneNode =
        ResourceSummary.builder().queues(List.of(LONG)).oneNodeUnlessAsked(true).build();
    assertThatThrownBy(() -> oneNode.requireRunnable(spec))
        .hasMessage(
            "resources.process_count: 40 cores on a node, but the largest node of queue 'long' has"
                + " 16");
  }

  @Test
  void memoryIsComparedByNodeAndInAll() {
    assertRefused(
        asking(resources -> resources.memory(40_000L)),
        "resources.memory",
        "40000 bytes of memory on a node, but queue 'debug' allows 30000");
    assertRunnable(CLUSTER, asking(resources -> resources.nodeCount(2).memory(40_000L)));
    assertRefused(
        asking(resources -> resources.nodeCount(4).memory(110_000L)),
        "resources.memory",
        "110000 bytes of memory in all, but queue 'debug' allows 100000");
  }

  @Test
  void walltimeIsThatOfTheNamedQueueOrTheDefaultOne() {
    assertRefused(
        with(attributes -> attributes.duration(Duration.ofHours(2))),
        "attributes.duration",
        "a walltime of 02:00:00, but queue 'debug' allows 01:00:00");
    assertRunnable(
        CLUSTER, with(attributes -> attributes.duration(Duration.ofHours(2)).queueName("long")));
    assertRunnable(
        CLUSTER,
        with(attributes -> attributes.duration(Duration.ofHours(2)).queueName("debug,long")));
  }

  @Test
  void queueMustExistAndTakeJobs() {
    assertRefused(
        with(attributes -> attributes.queueName("nope")),
        "attributes.queue_name",
        "there is no queue 'nope'; there are debug, long, closed");
    assertRefused(
        with(attributes -> attributes.queueName("closed")),
        "attributes.queue_name",
        "queue 'closed' takes no jobs");
  }

  @Test
  void withoutADefaultAJobIsRefusedOnlyIfNoQueueCanRunIt() {
    ResourceSummary summary =
        ResourceSummary.builder()
            .oneNodeUnlessAsked(true)
            .queues(
                List.of(
                    CLOSED,
                    QueueSummary.builder("short")
                        .largestJob(limits(Duration.ofMinutes(20)))
                        .build(),
                    LONG))
            .build();

    JobSpec brief = asking(resources -> resources.processCount(32));
    assertRunnable(summary, brief); // in both queues at once
    JobSpec longer = brief.toBuilder().attributes(hours(5)).build();
    assertThatThrownBy(() -> summary.requireRunnable(longer))
        .hasMessageContaining("32 cores on a node, but the largest node of queue 'long' has 16");
    assertThatThrownBy(
            () -> summary.requireRunnable(asking(resources -> resources.processCount(33))))
        .hasMessageContaining("allow 32 together");
  }

  private static JobAttributes hours(long hours) {
    return JobAttributes.builder().duration(Duration.ofHours(hours)).build();
  }

  @Test
  void whatIsNotKnownRefusesNothing() {
    JobSpec large =
        job(
            resources -> resources.nodeCount(1000).memory(1L << 60).gpuCoresPerProcess(50),
            attributes -> attributes.duration(Duration.ofDays(1000)));
    assertRunnable(ResourceSummary.builder().build(), large);
    assertRunnable(
        ResourceSummary.builder().queues(List.of(QueueSummary.builder("q").build())).build(),
        large);
  }

  @Test
  void jobThatMayGoElsewhereIsNotJudged() {
    Duration tooLong = Duration.ofHours(2);
    assertRunnable(
        CLUSTER, with(each -> each.duration(tooLong).customAttribute("SLURM.partition", "long")));
    assertRunnable(
        CLUSTER, with(each -> each.duration(tooLong).customAttribute("slurm.l.h_rt", "9")));
    assertRunnable(CLUSTER, with(each -> each.duration(tooLong).reservationId("r")));
    assertRunnable(CLUSTER, with(each -> each.queueName("*.q@host")));
    assertRefused(
        with(each -> each.duration(tooLong).customAttribute("slurm.comment", "x")),
        "attributes.duration",
        "a walltime of 02:00:00, but queue 'debug' allows 01:00:00");
  }

  @Test
  void memoryPerCoreIsThatOfTheLargestNode() {
    QueueSummary queue =
        QueueSummary.builder("q").largestNodeCores(16).largestNodeMemory(64_000L).build();
    assertThat(queue.getMemoryPerCore()).isEqualTo(4000);
    assertThat(QueueSummary.builder("q").build().getMemoryPerCore()).isNull();
  }
}
