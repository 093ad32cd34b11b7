package org.psij.executors.local;

import org.psij.spi.Detection;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.Fit;
import org.psij.spi.Surroundings;

/** Announces {@link LocalJobExecutor}. */
public final class LocalExecutorDescriptor implements ExecutorDescriptor {
  /** Creates the descriptor. */
  public LocalExecutorDescriptor() {}

  @Override
  public String getName() {
    return "local";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.executors.local.LocalJobExecutor";
  }

  @Override
  public String getNiceName() {
    return "Local";
  }

  @Override
  public Detection detect(Surroundings here) {
    return Detection.of(Fit.FALLBACK, "jobs run on this machine");
  }
}
