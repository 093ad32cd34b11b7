package org.example.psij;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link NiceLauncher}. */
public final class NiceLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public NiceLauncherDescriptor() {}

  @Override
  public String getName() {
    return "nice";
  }

  @Override
  public String getVersion() {
    return "1.0.0";
  }

  @Override
  public String getClassName() {
    return "org.example.psij.NiceLauncher";
  }
}
