package org.psij.executors.batch.slurm;

import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor for Slurm. */
public final class SlurmExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public SlurmExecutorDescriptor() {}

  @Override
  public String getName() {
    return "slurm";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getNiceName() {
    return "Slurm";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new SlurmScheduler();
  }
}
