package org.psij;

import java.util.List;

/** Starts the executable with its arguments. */
public final class PlainLauncher extends Launcher {
  public PlainLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    return executableAndArguments(job);
  }

  @Override
  public boolean isDirect() {
    return true;
  }
}
