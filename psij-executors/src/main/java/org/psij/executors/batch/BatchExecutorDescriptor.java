package org.psij.executors.batch;

import org.psij.spi.ExecutorDescriptor;

/** Makes a scheduler known to the registry: the engine, with a dialect. */
public interface BatchExecutorDescriptor extends ExecutorDescriptor {
  /**
   * Gives the dialect.
   *
   * @return the dialect
   */
  BatchScheduler getScheduler();

  @Override
  default String getClassName() {
    return BatchSchedulerExecutor.class.getName();
  }
}
