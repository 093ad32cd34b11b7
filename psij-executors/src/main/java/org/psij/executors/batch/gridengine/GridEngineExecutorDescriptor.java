package org.psij.executors.batch.gridengine;

import java.util.Set;
import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor for Grid Engine. */
public final class GridEngineExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public GridEngineExecutorDescriptor() {}

  @Override
  public String getName() {
    return "gridengine";
  }

  @Override
  public Set<String> getAliases() {
    return Set.of("sge");
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getNiceName() {
    return "Grid Engine";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new GridEngineScheduler();
  }
}
