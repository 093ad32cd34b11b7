package org.psij;

import org.jspecify.annotations.Nullable;
import org.psij.spi.ExecutorDescriptor;

/** What the registry hands to the constructor of an executor. Immutable. */
public final class ExecutorContext {
  private final ExecutorDescriptor descriptor;
  private final @Nullable String url;
  private final JobExecutorConfig config;

  ExecutorContext(ExecutorDescriptor descriptor, @Nullable String url, JobExecutorConfig config) {
    this.descriptor = descriptor;
    this.url = url;
    this.config = config;
  }

  /**
   * Tells under which name and version the executor was found.
   *
   * @return the descriptor
   */
  public ExecutorDescriptor getDescriptor() {
    return descriptor;
  }

  /**
   * Tells where the user wants the executor to connect to.
   *
   * @return the location, or null for this machine
   */
  public @Nullable String getUrl() {
    return url;
  }

  /**
   * Tells what the user set.
   *
   * @return the settings, the default ones if none were given; not always of the subclass that the
   *     executor would like
   */
  public JobExecutorConfig getConfig() {
    return config;
  }
}
