package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** Hosts and queues as the manual of LSF shows them. */
final class LsfClusterTest {
  private final LsfCluster cluster = new LsfCluster();
  private final CommandResult hosts = sample("cluster.bhosts.txt");
  private final CommandResult machines = sample("cluster.lshosts.txt");
  private final CommandResult queues = sample("cluster.bqueues.txt");

  private static CommandResult sample(String file) {
    return LsfSample.result(0, LsfSample.text(file), "");
  }

  private ResourceSummary summary(CommandResult jobs) {
    return cluster.parse(List.of(hosts, machines, queues, jobs), "tester").build();
  }

  private ResourceSummary summary() {
    return summary(sample("cluster.bjobs-all.txt"));
  }

  @Test
  void closedHostsAreNotFreeAndClientsDoNotCount() {
    ResourceSummary summary = summary();
    assertThat(summary.getArchitectures()).containsExactly("LINUXPPC64LE", "X86_64");
    assertThat(summary.getTotalSlots()).isEqualTo(64);
    assertThat(summary.getFreeSlots()).isEqualTo(13);
    assertThat(summary.getTotalCores()).isEqualTo(64);
  }

  @Test
  void queuesTellTheirLimits() {
    QueueSummary normal = summary().getQueue("normal");
    assertThat(normal.isDefaultQueue()).isTrue();
    assertThat(normal.isOpen()).isTrue();
    assertThat(normal.getDefaultWalltime()).isEqualTo(Duration.ofMinutes(30));
    LargestJob largest = normal.getLargestJob();
    assertThat(largest.getWalltime()).isEqualTo(Duration.ofDays(1));
    assertThat(largest.getCores()).isEqualTo(40);
    assertThat(largest.getCoresPerNode()).isEqualTo(32);
    assertThat(largest.getNodes()).isEqualTo(3);
    assertThat(largest.getMemoryPerNode()).isBetween(127L << 30, 128L << 30);
    assertThat(normal.getFreeCores()).isEqualTo(13);
  }

  @Test
  void queueMayHaveSomeHostsOnly() {
    QueueSummary power = summary().getQueue("power");
    assertThat(power.isOpen()).isFalse();
    assertThat(power.isStarted()).isFalse();
    assertThat(power.getTotalCores()).isEqualTo(32);
    assertThat(power.getLargestJob().getWalltime()).as("for the speed of a host").isNull();
  }

  @Test
  void groupOfHostsLimitsNothing() {
    QueueSummary grouped = summary().getQueue("grouped");
    assertThat(grouped.isOpen()).isTrue();
    assertThat(grouped.isStarted()).isFalse();
    assertThat(grouped.getTotalCores()).isNull();
    assertThat(grouped.getLargestJob().getCoresPerNode()).isNull();
    assertThat(grouped.getLargestJob().getNodes()).isNull();
  }

  @Test
  void jobsAreCountedByUserAndQueue() {
    ResourceSummary summary = summary();
    assertThat(summary.getOwnRunningJobs()).isEqualTo(2);
    assertThat(summary.getOwnQueuedJobs()).isEqualTo(1);
    assertThat(summary.getQueue("normal").getRunningJobs()).isEqualTo(3);
    assertThat(summary.getQueue("normal").getQueuedJobs()).isEqualTo(2);
    ResourceSummary idle = summary(LsfSample.result(255, "", "No unfinished job found\n"));
    assertThat(idle.getRunningJobs()).isZero();
  }

  @Test
  void silenceIsNoEmptyCluster() {
    CommandResult away = LsfSample.result(255, "", "LSF is down. Please wait ...");
    assertThatThrownBy(() -> summary(away)).isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> cluster.parse(List.of(away, machines, queues, away), "tester"))
        .isInstanceOf(CommandException.class);
  }
}
