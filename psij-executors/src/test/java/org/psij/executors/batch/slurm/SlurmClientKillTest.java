package org.psij.executors.batch.slurm;

import org.psij.executors.ClusterClientKillTest;

final class SlurmClientKillTest extends ClusterClientKillTest {
  SlurmClientKillTest() {
    super("slurm", "sbatch");
  }
}
