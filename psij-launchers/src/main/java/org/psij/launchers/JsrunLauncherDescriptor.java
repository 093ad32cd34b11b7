package org.psij.launchers;

import org.psij.spi.LauncherDescriptor;

/** Announces {@link JsrunLauncher}. */
public final class JsrunLauncherDescriptor implements LauncherDescriptor {
  /** Creates the descriptor. */
  public JsrunLauncherDescriptor() {}

  @Override
  public String getName() {
    return "jsrun";
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getClassName() {
    return "org.psij.launchers.JsrunLauncher";
  }
}
