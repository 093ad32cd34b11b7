package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link AprunLauncher}. */
public final class AprunLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public AprunLauncherDescriptor() {}

  @Override
  public String getName() {
    return "aprun";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.AprunLauncher";
  }
}
