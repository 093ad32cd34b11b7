package org.example.psij;

import org.psij.spi.ExecutorDescriptor;

/** Announces {@link BasicJobExecutor}. */
public final class BasicExecutorDescriptor implements ExecutorDescriptor {
  /** Creates the descriptor. */
  public BasicExecutorDescriptor() {}

  @Override
  public String getName() {
    return "basic";
  }

  @Override
  public String getVersion() {
    return "1.0.0";
  }

  @Override
  public String getClassName() {
    return "org.example.psij.BasicJobExecutor";
  }
}
