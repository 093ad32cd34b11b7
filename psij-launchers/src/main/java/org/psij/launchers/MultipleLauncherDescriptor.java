package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link MultipleLauncher}. */
public final class MultipleLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public MultipleLauncherDescriptor() {}

  @Override
  public String getName() {
    return "multiple";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.MultipleLauncher";
  }
}
