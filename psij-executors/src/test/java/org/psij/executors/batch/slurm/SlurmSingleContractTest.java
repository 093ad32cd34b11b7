package org.psij.executors.batch.slurm;

final class SlurmSingleContractTest extends SlurmContract {
  SlurmSingleContractTest() {
    super(null);
  }
}
