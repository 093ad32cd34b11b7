package org.psij.executors.batch.gridengine;

import org.junit.jupiter.api.Tag;

@Tag("launcher")
final class GridEngineMultipleContractTest extends GridEngineContract {
  GridEngineMultipleContractTest() {
    super("multiple");
  }
}
