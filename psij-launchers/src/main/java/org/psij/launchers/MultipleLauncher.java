package org.psij.launchers;

import java.util.List;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;

/**
 * Starts as many copies of the executable as there are processes, all on one node. Each finds its
 * index, from 0, in {@code PSIJ_PROCESS_INDEX}, and the number of all in {@code
 * PSIJ_PROCESS_COUNT}. Each reads a standard input of its own if that is a file. The exit code is
 * the first, in the order of the indices, that is not zero.
 */
public final class MultipleLauncher extends Launcher {
  private static final ShellText SCRIPT = ShellText.ofResource("multiple");

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public MultipleLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    int count = resources(job).getComputedProcessCount();
    return SCRIPT.command(List.of(String.valueOf(count)), executableAndArguments(job));
  }
}
