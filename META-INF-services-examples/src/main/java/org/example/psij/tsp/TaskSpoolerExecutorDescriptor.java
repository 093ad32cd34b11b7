package org.example.psij.tsp;

import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor {@code tsp}: the engine for batch schedulers, with this dialect. */
public final class TaskSpoolerExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public TaskSpoolerExecutorDescriptor() {}

  @Override
  public String getName() {
    return "tsp";
  }

  @Override
  public String getVersion() {
    return "1.0.0";
  }

  @Override
  public String getNiceName() {
    return "Task spooler";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new TaskSpoolerScheduler();
  }
}
