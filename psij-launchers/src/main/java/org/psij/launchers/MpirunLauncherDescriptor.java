package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link MpirunLauncher}. */
public final class MpirunLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public MpirunLauncherDescriptor() {}

  @Override
  public String getName() {
    return "mpirun";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.MpirunLauncher";
  }
}
