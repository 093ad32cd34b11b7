package org.psij.cli;

import org.psij.spi.ExecutorDescriptor;

/** Announces {@link FakeSchedulerExecutor}. */
public final class FakeSchedulerDescriptor implements ExecutorDescriptor {
  @Override
  public String getName() {
    return "fake-scheduler";
  }

  @Override
  public String getVersion() {
    return "1.0";
  }

  @Override
  public String getClassName() {
    return FakeSchedulerExecutor.class.getName();
  }
}
