package org.psij.executors.batch.lsf;

import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor {@code lsf}: IBM Spectrum LSF. It has not yet been run on a real LSF. */
public final class LsfExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public LsfExecutorDescriptor() {}

  @Override
  public String getName() {
    return "lsf";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getNiceName() {
    return "LSF";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new LsfScheduler();
  }
}
