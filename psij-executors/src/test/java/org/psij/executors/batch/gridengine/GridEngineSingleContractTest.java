package org.psij.executors.batch.gridengine;

final class GridEngineSingleContractTest extends GridEngineContract {
  GridEngineSingleContractTest() {
    super(null);
  }
}
