package org.psij.executors.batch.slurm;

import org.psij.executors.batch.BatchContract;

final class SlurmSingleContractTest extends BatchContract {
  SlurmSingleContractTest() {
    super("slurm", null);
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return variable.startsWith("SLURM");
  }
}
