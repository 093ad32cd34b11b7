package org.psij.executors.batch.slurm;

final class SlurmSrunContractTest extends SlurmContract {
  SlurmSrunContractTest() {
    super("srun");
  }
}
