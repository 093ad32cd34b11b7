package org.psij.executors.batch.pbs;

import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor for OpenPBS and PBS Professional. */
public final class PbsExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public PbsExecutorDescriptor() {}

  @Override
  public String getName() {
    return "pbs";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getNiceName() {
    return "OpenPBS";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new PbsScheduler();
  }
}
