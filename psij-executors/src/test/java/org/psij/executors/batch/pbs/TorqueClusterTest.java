package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandResult;

/** What Slurm's commands have printed, and nodes as Torque's manual shows them. */
final class TorqueClusterTest {
  private static final String TORQUE_NODES =
      """
      n1
           state = free
           power_state = Running
           np = 8
           ntype = cluster
           jobs = 0-2/4.server,5/6.server
           status = opsys=linux,uname=Linux n1 5.4 #1 SMP x86_64,physmem=1048576kb,availmem=5kb
           gpus = 2

      n2
           state = down,offline
           np = 8
           ntype = cluster

      """;

  private static final String TORQUE_SERVER =
      """
      Server: server
          server_state = Active
          default_queue = batch
          resources_max.walltime = 48:00:00

      """;

  private static final String TORQUE_QUEUES =
      """
      Queue: batch
          queue_type = Execution
          resources_max.ncpus = 6
          enabled = True
          started = True

      """;

  private final TorqueCluster cluster = new TorqueCluster();
  private final CommandResult nothing = Sample.result("qstat -B -f", 153, "", "");

  @Test
  void nodesOfSlurmAreReadThroughItsTorqueCommands() {
    ResourceSummary summary =
        cluster
            .parse(
                List.of(
                    Sample.read("resources", "slurm-pbsnodes"),
                    Sample.read("resources", "slurm-queues"),
                    nothing,
                    Sample.read("resources", "slurm-qstat")),
                "root")
            .build();
    assertThat(summary.getArchitectures()).containsExactly("x86_64");
    assertThat(summary.getTotalCores()).isEqualTo(64);
    assertThat(summary.getFreeCores()).as("one node is mixed").isNull();
    assertThat(summary.getOwnRunningJobs()).isEqualTo(2);
    assertThat(summary.getOwnQueuedJobs()).isEqualTo(1);
    assertThat(summary.getQueue("debug").getLargestNodeMemory()).isEqualTo(8000L << 20);
    assertThat(summary.getQueue("debug").getLargestJob().getCoresPerNode()).isEqualTo(16);
    assertThat(summary.getQueue("debug").getLargestJob().getMemoryPerNode()).isNull();
  }

  @Test
  void nodesOfTorqueListTheCoresOfEachJob() {
    ResourceSummary summary =
        cluster
            .parse(
                List.of(
                    Sample.result("pbsnodes -a", 0, TORQUE_NODES, ""),
                    Sample.result("qstat -Q -f", 0, TORQUE_QUEUES, ""),
                    Sample.result("qstat -B -f", 0, TORQUE_SERVER, ""),
                    Sample.result("qstat", 0, "", "")),
                "root")
            .build();
    assertThat(summary.getTotalCores()).isEqualTo(16);
    assertThat(summary.getFreeCores()).isEqualTo(4);
    assertThat(summary.getArchitectures()).containsExactly("x86_64");
    assertThat(summary.getTotalMemory()).isEqualTo(1L << 30);
    assertThat(summary.getQueue("batch").isDefaultQueue()).isTrue();
    assertThat(summary.getQueue("batch").getLargestJob().getCores()).isEqualTo(6);
    assertThat(summary.getQueue("batch").getLargestJob().getWalltime()).hasHours(48);
  }

  @Test
  void noJobsAtAllAreNoError() {
    ResourceSummary summary =
        cluster
            .parse(
                List.of(
                    Sample.read("resources", "slurm-pbsnodes"),
                    Sample.read("resources", "slurm-queues"),
                    nothing,
                    Sample.result("qstat", 153, "", "")),
                "root")
            .build();
    assertThat(summary.getRunningJobs()).isZero();
  }
}
