package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link SrunLauncher}. */
public final class SrunLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public SrunLauncherDescriptor() {}

  @Override
  public String getName() {
    return "srun";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.SrunLauncher";
  }
}
