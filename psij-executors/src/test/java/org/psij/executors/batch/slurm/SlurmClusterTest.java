package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** What Slurm 22.05.8 has printed while jobs had 19 of 64 CPUs. */
final class SlurmClusterTest {
  private final SlurmCluster cluster = new SlurmCluster();
  private final CommandResult partitions = SlurmSample.read("resources.scontrol-partition");
  private final CommandResult nodes = SlurmSample.read("resources.scontrol-node");
  private final CommandResult jobs = SlurmSample.read("resources.squeue-load");

  private ResourceSummary summary(String partitionLines, String nodeLines, String user) {
    return cluster
        .parse(
            List.of(
                SlurmSample.result(0, partitionLines, ""),
                SlurmSample.result(0, nodeLines, ""),
                jobs),
            user)
        .build();
  }

  private ResourceSummary summary(String nodeLines) {
    return summary(partitions.stdout(), nodeLines, "root");
  }

  @Test
  void eachNodeCountsOnceThoughPartitionsOverlap() {
    ResourceSummary summary = summary(nodes.stdout());
    assertThat(summary.getArchitectures()).containsExactly("x86_64");
    assertThat(summary.getTotalCores()).isEqualTo(64);
    assertThat(summary.getFreeCores()).isEqualTo(45);
    assertThat(summary.getFreeSlots()).isEqualTo(45);
    assertThat(summary.getTotalMemory()).isEqualTo(32_000L << 20);
  }

  @Test
  void partitionsTellTheirLimits() {
    ResourceSummary summary = summary(nodes.stdout());
    QueueSummary debug = summary.getQueue("debug");
    assertThat(debug.isDefaultQueue()).isTrue();
    assertThat(debug.isOpen()).isTrue();
    assertThat(debug.getFreeCores()).isEqualTo(45);
    assertThat(debug.getLargestNodeCores()).isEqualTo(16);
    assertThat(debug.getMemoryPerCore()).isEqualTo(500L << 20);
    assertThat(debug.getLargestJob().getNodes()).isEqualTo(4);
    assertThat(debug.getLargestJob().getCores()).isEqualTo(64);
    assertThat(debug.getLargestJob().getCoresPerNode()).isEqualTo(16);
    assertThat(debug.getLargestJob().getGpusPerNode()).isEqualTo(2);
    assertThat(debug.getLargestJob().getMemoryPerNode()).isEqualTo(8000L << 20);
    assertThat(debug.getLargestJob().getWalltime()).isEqualTo(Duration.ofHours(1));
    assertThat(summary.getQueue("long").isDefaultQueue()).isFalse();
    assertThat(summary.getQueue("long").getLargestJob().getWalltime()).isNull();
  }

  @Test
  void jobsAreCountedByUserAndPartition() {
    ResourceSummary summary = summary(nodes.stdout());
    assertThat(summary.getOwnRunningJobs()).isEqualTo(2);
    assertThat(summary.getOwnQueuedJobs()).isEqualTo(3);
    assertThat(summary.getQueue("debug").getRunningJobs()).isEqualTo(1);
    assertThat(summary.getQueue("debug").getQueuedJobs()).isEqualTo(3);
    assertThat(summary.getQueue("long").getRunningJobs()).isEqualTo(1);
    ResourceSummary ofAnother = summary(partitions.stdout(), nodes.stdout(), "ada");
    assertThat(ofAnother.getOwnRunningJobs()).isZero();
    assertThat(ofAnother.getRunningJobs()).isEqualTo(2);
  }

  @Test
  void nodesThatAreDownOrDrainedAreNotFree() {
    String two = nodes.stdout().replaceFirst("State=IDLE", "State=IDLE+DRAIN");
    assertThat(summary(two).getFreeCores()).isEqualTo(29);
    assertThat(summary(two).getTotalCores()).isEqualTo(64);
    String one = two.replaceFirst("State=IDLE ", "State=DOWN* ");
    assertThat(summary(one).getFreeCores()).isEqualTo(13);
    assertThat(summary(one).getQueue("debug").getLargestJob().getNodes()).isEqualTo(4);
  }

  @Test
  void limitsOfAPartitionAreReadInAllTheirForms() {
    String limited =
        partitions
            .stdout()
            .replace("MaxTime=01:00:00", "MaxTime=7-12:30:00")
            .replace("DefaultTime=NONE", "DefaultTime=00:30:00")
            .replace("MaxNodes=UNLIMITED", "MaxNodes=2")
            .replace("MaxCPUsPerNode=UNLIMITED", "MaxCPUsPerNode=8")
            .replace("MaxMemPerNode=UNLIMITED", "MaxMemPerNode=4000")
            .replaceFirst("State=UP", "State=DRAIN");
    QueueSummary debug = summary(limited, nodes.stdout(), "root").getQueue("debug");
    assertThat(debug.isOpen()).isFalse();
    assertThat(debug.getDefaultWalltime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(debug.getLargestJob().getNodes()).isEqualTo(2);
    assertThat(debug.getLargestJob().getCoresPerNode()).isEqualTo(8);
    assertThat(debug.getLargestJob().getMemoryPerNode()).isEqualTo(4000L << 20);
    assertThat(debug.getLargestJob().getWalltime())
        .isEqualTo(Duration.ofDays(7).plusHours(12).plusMinutes(30));
  }

  @Test
  void gpusHaveTypesAndSockets() {
    String gpus =
        nodes.stdout().replaceFirst("Gres=gpu:2", "Gres=nvme:1,gpu:a100:4(S:0,1),gpu:v100:1");
    assertThat(summary(gpus).getQueue("debug").getLargestJob().getGpusPerNode()).isEqualTo(5);
    String none = nodes.stdout().replace("Gres=gpu:2", "Gres=(null)");
    assertThat(summary(none).getQueue("debug").getLargestJob().getGpusPerNode()).isZero();
  }

  @Test
  void memoryThatNobodyConfiguredLimitsNothing() {
    String untold = nodes.stdout().replaceFirst("RealMemory=8000", "RealMemory=1");
    assertThat(summary(untold).getQueue("debug").getLargestJob().getMemoryPerNode()).isNull();
    assertThat(summary(untold).getQueue("debug").getLargestNodeMemory()).isEqualTo(8000L << 20);
  }

  @Test
  void silenceIsNoEmptyCluster() {
    CommandResult away =
        SlurmSample.result(
            1, "", "slurm_load_partitions: Unable to contact slurm controller (connect failure)");
    assertThatThrownBy(() -> cluster.parse(List.of(away, nodes, jobs), "root"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("Unable to contact");
  }

  @Test
  void optionsByAnyNameOverride() {
    assertThat(cluster.overridingOptions())
        .contains("partition", "p", "part", "time", "t", "ntasks_per_node")
        .doesNotContain("constraint", "comment", "C");
  }
}
