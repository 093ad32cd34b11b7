package org.psij;

import org.psij.spi.LauncherDescriptor;

/** What the registry hands to the constructor of a launcher. Immutable. */
public final class LauncherContext {
  private final LauncherDescriptor descriptor;
  private final JobExecutorConfig config;

  LauncherContext(LauncherDescriptor descriptor, JobExecutorConfig config) {
    this.descriptor = descriptor;
    this.config = config;
  }

  /**
   * Tells under which name and version the launcher was found.
   *
   * @return the descriptor
   */
  public LauncherDescriptor getDescriptor() {
    return descriptor;
  }

  /**
   * Tells what the user set.
   *
   * @return the settings, the default ones if none were given
   */
  public JobExecutorConfig getConfig() {
    return config;
  }
}
