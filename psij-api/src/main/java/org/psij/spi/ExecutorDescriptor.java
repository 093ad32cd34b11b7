package org.psij.spi;

import org.psij.JobExecutor;

/**
 * Announces an executor to the registry. Implementations have a public constructor without
 * parameters and are named in {@code META-INF/services/org.psij.spi.ExecutorDescriptor}, or in a
 * {@code provides} clause of a module.
 */
public non-sealed interface ExecutorDescriptor extends PluginDescriptor {
  /**
   * Makes a descriptor out of its values, for {@link JobExecutor#registerExecutor}.
   *
   * @param name see {@link #getName()}
   * @param version see {@link #getVersion()}
   * @param className see {@link #getClassName()}
   * @return the descriptor
   */
  static ExecutorDescriptor of(String name, String version, String className) {
    return new ExecutorDescriptor() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public String getVersion() {
        return version;
      }

      @Override
      public String getClassName() {
        return className;
      }
    };
  }
}
