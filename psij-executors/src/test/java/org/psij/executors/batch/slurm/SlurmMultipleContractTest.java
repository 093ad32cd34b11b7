package org.psij.executors.batch.slurm;

final class SlurmMultipleContractTest extends SlurmContract {
  SlurmMultipleContractTest() {
    super("multiple");
  }
}
