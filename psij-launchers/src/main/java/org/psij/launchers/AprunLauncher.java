package org.psij.launchers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;
import org.psij.ResourceSpecV1;

/** Starts the processes of a job with ALPS on a Cray ({@code aprun(1)}). */
public final class AprunLauncher extends Launcher {
  private static final FailureMessages MESSAGES =
      FailureMessages.containing(
          "aprun: not found", "aprun: command not found", "aprun: file", "apsched:");

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public AprunLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    ResourceSpecV1 resources = resources(job);
    return new CommandLine("aprun")
        .option("-n", resources.getComputedProcessCount())
        .option("-N", resources.getComputedProcessesPerNode())
        .option("-d", resources.getCpuCoresPerProcess())
        .run(this, executableAndArguments(job));
  }

  @Override
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return MESSAGES.find(lastStderr);
  }
}
