package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** What Grid Engine 8.1.9 has printed while a job had 5 slots and an array was held. */
final class GridEngineClusterTest {
  private final GridEngineCluster cluster = new GridEngineCluster();
  private final CommandResult hosts = Sample.of("resources.qhost");
  private final CommandResult queues = Sample.of("resources.qconf");
  private final CommandResult jobs = Sample.of("resources.qstat");

  private ResourceSummary summary(String hostDocument, String queueText) {
    return cluster
        .parse(
            List.of(Sample.result(0, hostDocument, ""), Sample.result(0, queueText, ""), jobs),
            "root")
        .build();
  }

  @Test
  void slotsAreNotCores() {
    ResourceSummary summary = summary(hosts.stdout(), queues.stdout());
    assertThat(summary.getArchitectures()).containsExactly("lx-amd64");
    assertThat(summary.getTotalCores()).isEqualTo(2);
    assertThat(summary.getFreeCores()).isZero();
    assertThat(summary.getTotalSlots()).isEqualTo(64);
    assertThat(summary.getFreeSlots()).isEqualTo(59);
    assertThat(summary.getTotalMemory()).isBetween(23L << 30, 24L << 30);
  }

  @Test
  void queuesTellTheirLimits() {
    ResourceSummary summary = summary(hosts.stdout(), queues.stdout());
    QueueSummary all = summary.getQueue("all.q");
    assertThat(all.getFreeCores()).isEqualTo(27);
    assertThat(all.getTotalCores()).isEqualTo(32);
    assertThat(all.getRunningJobs()).isEqualTo(1);
    assertThat(all.getQueuedJobs()).isNull();
    assertThat(all.getLargestJob().getWalltime()).isNull();
    assertThat(all.getLargestJob().getMemoryPerNode()).isNull();
    assertThat(summary.getQueue("short.q").getLargestJob().getWalltime())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(summary.getQueue("short.q").getFreeCores()).isEqualTo(32);
  }

  @Test
  void tasksOfAnArrayAreCountedEach() {
    ResourceSummary summary = summary(hosts.stdout(), queues.stdout());
    assertThat(summary.getOwnRunningJobs()).isEqualTo(1);
    assertThat(summary.getQueuedJobs()).isEqualTo(4);
  }

  @Test
  void disabledQueueHasNoFreeSlots() {
    String disabled =
        hosts
            .stdout()
            .replace(
                "<queuevalue qname='all.q' name='state_string'>",
                "<queuevalue qname='all.q' name='state_string'>d");
    ResourceSummary summary = summary(disabled, queues.stdout());
    assertThat(summary.getQueue("all.q").isOpen()).isTrue();
    assertThat(summary.getQueue("all.q").isStarted()).isFalse();
    assertThat(summary.getQueue("all.q").getFreeCores()).isZero();
    assertThat(summary.getFreeSlots()).isEqualTo(32);
  }

  @Test
  void longestWalltimeIsThatOfAnyHost() {
    assertThat(longest("01:00:00,[n1=02:30:00],[@big=5400]")).isEqualTo(Duration.ofMinutes(150));
    assertThat(longest("01:00:00,[n1=INFINITY]")).isNull();
    assertThat(longest("90")).isEqualTo(Duration.ofSeconds(90));
  }

  private Duration longest(String value) {
    String text = queues.stdout().replaceFirst("(?m)^h_rt .*$", "h_rt   " + value);
    return summary(hosts.stdout(), text).getQueue("all.q").getLargestJob().getWalltime();
  }

  @Test
  void queueForPeopleOnlyTakesNoJobs() {
    String text =
        queues
            .stdout()
            .replaceFirst("BATCH INTERACTIVE", "INTERACTIVE")
            .replaceFirst("smp mpi", "NONE");
    assertThat(summary(hosts.stdout(), text).getQueue("all.q").isOpen()).isFalse();
  }

  @Test
  void silenceIsNoEmptyCluster() {
    CommandResult away = Sample.result(1, "", "error: commlib error: got select error");
    assertThatThrownBy(() -> cluster.parse(List.of(away, queues, jobs), "root"))
        .isInstanceOf(CommandException.class);
  }
}
