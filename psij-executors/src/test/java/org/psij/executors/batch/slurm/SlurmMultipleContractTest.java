package org.psij.executors.batch.slurm;

import org.junit.jupiter.api.Tag;

@Tag("launcher")
final class SlurmMultipleContractTest extends SlurmContract {
  SlurmMultipleContractTest() {
    super("multiple");
  }
}
