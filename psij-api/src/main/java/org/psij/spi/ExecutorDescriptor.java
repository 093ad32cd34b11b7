package org.psij.spi;

import org.jspecify.annotations.Nullable;
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

  /**
   * Finds out whether the executor fits here, for {@code JobExecutor.getInstance("auto")}. Runs in
   * a thread of its own, which is interrupted if it takes longer than some seconds; whatever it
   * throws says that the executor does not fit.
   *
   * @param here what can be looked at
   * @return what was found, or null if there is no sign of what the executor works with, as there
   *     is none unless overridden
   */
  default @Nullable Detection detect(Surroundings here) {
    return null;
  }
}
