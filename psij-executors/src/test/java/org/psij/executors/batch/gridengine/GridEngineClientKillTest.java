package org.psij.executors.batch.gridengine;

import org.psij.executors.ClusterClientKillTest;

final class GridEngineClientKillTest extends ClusterClientKillTest {
  GridEngineClientKillTest() {
    super("gridengine", "qsub");
  }
}
