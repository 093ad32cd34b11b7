package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link SingleLauncher}. */
public final class SingleLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public SingleLauncherDescriptor() {}

  @Override
  public String getName() {
    return "single";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.SingleLauncher";
  }
}
