package org.psij.launchers;

import java.util.List;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;

/** Starts the executable once, with nothing around it, however many processes are asked for. */
public final class SingleLauncher extends Launcher {
  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public SingleLauncher(LauncherContext context) {
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
