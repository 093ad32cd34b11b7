package org.psij.executors.batch.slurm;

import org.junit.jupiter.api.Tag;

@Tag("launcher")
final class SlurmSrunContractTest extends SlurmContract {
  SlurmSrunContractTest() {
    super("srun");
  }
}
