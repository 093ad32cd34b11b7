package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;
import org.psij.spi.Detection;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.Surroundings;

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

  /**
   * {@inheritDoc}
   *
   * <p>Looks for the scheduler's commands, and asks one of them, if the dialect says how.
   */
  @Override
  default @Nullable Detection detect(Surroundings here) {
    PresenceDialect presence = getScheduler().presence();
    return presence == null ? null : new BatchDetection(this, presence, here).detect();
  }
}
