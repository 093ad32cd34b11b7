package org.psij;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link PlainLauncher} as the default launcher. */
public final class PlainLauncherDescriptor implements LauncherDescriptor {
  @Override
  public String getName() {
    return Launcher.DEFAULT_LAUNCHER_NAME;
  }

  @Override
  public String getVersion() {
    return "1.0";
  }

  @Override
  public String getClassName() {
    return PlainLauncher.class.getName();
  }
}
