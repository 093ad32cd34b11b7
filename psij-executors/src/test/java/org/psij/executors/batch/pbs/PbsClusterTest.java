package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.QueueSummary;
import org.psij.ResourceSpecV1;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/**
 * What OpenPBS has printed about three idle hosts. Its queues and the server were recorded as JSON,
 * and are written here in the form of qstat(1B).
 */
final class PbsClusterTest {
  private static final String JOBS =
      """
      Job id            Name             User              Time Use S Queue
      ----------------  ---------------- ----------------  -------- - -----
      3.vm              running          tester            00:00:00 R workq
      4.vm              a name           ada                      0 Q workq
      5.vm              held             tester                   0 H debug
      25[].vm           arr              tester                   0 B workq
      25[0].vm          arr              tester            00:00:00 X workq
      25[1].vm          arr              tester            00:00:00 R workq
      25[2].vm          arr              tester                   0 Q workq
      26.vm             done             tester            00:00:00 F workq
      """;

  private final PbsCluster cluster = new PbsCluster();
  private final CommandResult nodes = Sample.read("resources", "pbsnodes-a");

  private ResourceSummary summary(String pbsnodes) {
    return cluster
        .parse(
            List.of(
                Sample.result("pbsnodes -a", 0, pbsnodes, ""),
                Sample.read("resources", "queues-by-hand"),
                Sample.read("resources", "server-by-hand"),
                Sample.result("qstat -t", 0, JOBS, "")),
            "tester")
        .build();
  }

  private ResourceSummary summary() {
    return summary(nodes.stdout());
  }

  private static JobSpec job(ResourceSpecV1.Builder resources, String queue) {
    return JobSpec.builder("a")
        .resources(resources.build())
        .attributes(JobAttributes.builder().queueName(queue).build())
        .build();
  }

  @Test
  void hostsAreAddedUp() {
    ResourceSummary summary = summary();
    assertThat(summary.getArchitectures()).containsExactly("linux");
    assertThat(summary.getTotalCores()).isEqualTo(16);
    assertThat(summary.getFreeCores()).isEqualTo(16);
    assertThat(summary.getTotalMemory()).isEqualTo(32L << 30);
  }

  @Test
  void assignedCoresAndHostsThatAreDownAreNotFree() {
    String loaded =
        nodes.stdout().replaceFirst("resources_assigned.ncpus = 0", "resources_assigned.ncpus = 3");
    assertThat(summary(loaded).getFreeCores()).isEqualTo(13);
    assertThat(summary(loaded.replaceFirst("state = free", "state = offline")).getFreeCores())
        .isEqualTo(8);
    assertThat(summary(loaded).getTotalCores()).isEqualTo(16);
  }

  @Test
  void queuesTellTheirLimits() {
    ResourceSummary summary = summary();
    assertThat(summary.getQueues())
        .extracting(QueueSummary::getName)
        .containsExactly("workq", "debug", "stopped", "closed");
    assertThat(summary.getQueue("workq").isDefaultQueue()).isTrue();
    assertThat(summary.getQueue("workq").getDefaultWalltime()).isEqualTo(Duration.ofHours(1));
    assertThat(summary.getQueue("debug").getLargestJob().getWalltime())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(summary.getQueue("debug").getLargestJob().getCores()).isEqualTo(4);
    assertThat(summary.getQueue("debug").getLargestJob().getCoresPerNode()).isEqualTo(8);
    assertThat(summary.getQueue("stopped").isStarted()).isFalse();
    assertThat(summary.getQueue("stopped").isOpen()).isTrue();
    assertThat(summary.getQueue("closed").isOpen()).isFalse();
  }

  @Test
  void jobsAreCountedByUserAndQueue() {
    ResourceSummary summary = summary();
    assertThat(summary.getOwnRunningJobs()).isEqualTo(2);
    assertThat(summary.getOwnQueuedJobs()).isEqualTo(2);
    assertThat(summary.getQueuedJobs()).isEqualTo(3);
    assertThat(summary.getQueue("workq").getQueuedJobs()).isEqualTo(2);
    assertThat(summary.getQueue("debug").getQueuedJobs()).isEqualTo(1);
  }

  @Test
  void jobsThatCanNeverRunAreRefused() {
    ResourceSummary summary = summary();
    assertThatThrownBy(
            () -> summary.requireRunnable(job(ResourceSpecV1.builder().processCount(9), "workq")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("9 cores on a node, but the largest node of queue 'workq' has 8");
    assertThatThrownBy(
            () -> summary.requireRunnable(job(ResourceSpecV1.builder().processCount(5), "debug")))
        .hasMessageContaining("5 cores in all, but queue 'debug' allows 4");
    assertThatThrownBy(
            () -> summary.requireRunnable(job(ResourceSpecV1.builder().nodeCount(4), "workq")))
        .hasMessageContaining("4 nodes, but queue 'workq' allows 3");
    assertThatThrownBy(() -> summary.requireRunnable(job(ResourceSpecV1.builder(), "closed")))
        .hasMessageContaining("'closed' takes no jobs");
  }

  @Test
  void vnodesOfOneHostAreOneNode() {
    String together =
        nodes
            .stdout()
            .replace("resources_available.host = pbs3", "resources_available.host = pbs2");
    QueueSummary queue = summary(together).getQueue("workq");
    assertThat(queue.getLargestJob().getNodes()).isEqualTo(2);
    assertThat(queue.getLargestJob().getCoresPerNode()).isEqualTo(8);
    assertThat(queue.getLargestJob().getMemoryPerNode()).isEqualTo(16L << 30);
  }

  @Test
  void queueWithHostsOfItsOwnHasNoOthers() {
    String bound = nodes.stdout().replaceFirst("pcpus = 2", "queue = debug");
    assertThat(summary(bound).getQueue("debug").getTotalCores()).isEqualTo(8);
    assertThat(summary(bound).getQueue("workq").getTotalCores()).isEqualTo(8);
    assertThat(summary(bound).getQueue("workq").getLargestNodeCores()).isEqualTo(4);
  }

  @Test
  void gpusAreKnownOnceTheyAreDefined() {
    assertThat(summary().getQueue("workq").getLargestJob().getGpusPerNode()).isNull();
    String one = nodes.stdout().replaceFirst("pcpus = 2", "resources_available.ngpus = 4");
    assertThat(summary(one).getQueue("workq").getLargestJob().getGpusPerNode()).isEqualTo(4);
  }

  @Test
  void longValuesGoOnInTheNextLine() {
    List<AttributeBlocks.Block> blocks =
        AttributeBlocks.read("Queue: q\n    acl_users = a,b,\n\tc,d\n    enabled = True\n");
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).text("acl_users")).isEqualTo("a,b,c,d");
    assertThat(blocks.get(0).isOn("enabled")).isTrue();
  }

  @Test
  void silenceIsNoEmptyCluster() {
    CommandResult away =
        Sample.result("pbsnodes -a", 1, "", "pbsnodes: cannot connect to server vm, error=15010");
    assertThatThrownBy(() -> cluster.parse(List.of(away, away, away, away), "tester"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot connect");
  }
}
