package org.psij.spi;

import org.psij.Launcher;

/**
 * Announces a launcher to the registry. Implementations have a public constructor without
 * parameters and are named in {@code META-INF/services/org.psij.spi.LauncherDescriptor}, or in a
 * {@code provides} clause of a module.
 */
public non-sealed interface LauncherDescriptor extends PluginDescriptor {
  /**
   * Makes a descriptor out of its values, for {@link Launcher#registerLauncher}.
   *
   * @param name see {@link #getName()}
   * @param version see {@link #getVersion()}
   * @param className see {@link #getClassName()}
   * @return the descriptor
   */
  static LauncherDescriptor of(String name, String version, String className) {
    return new LauncherDescriptor() {
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
