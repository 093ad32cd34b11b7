package org.psij.executors.batch.gridengine;

final class GridEngineMultipleContractTest extends GridEngineContract {
  GridEngineMultipleContractTest() {
    super("multiple");
  }
}
