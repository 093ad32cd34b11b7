package org.psij.launchers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;
import org.psij.ResourceSpecV1;

/**
 * Starts the processes of a job with IBM Job Step Manager ({@code jsrun(1)}), one resource set for
 * each process.
 */
public final class JsrunLauncher extends Launcher {
  private static final FailureMessages MESSAGES =
      FailureMessages.containing(
          "jsrun: not found", "jsrun: command not found", "Error initializing RM connection");

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public JsrunLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    ResourceSpecV1 resources = resources(job);
    return new CommandLine("jsrun")
        .option("--nrs", resources.getComputedProcessCount())
        .option("--rs_per_host", resources.getComputedProcessesPerNode())
        .option("--tasks_per_rs", 1)
        .option("--cpu_per_rs", resources.getCpuCoresPerProcess())
        .option("--gpu_per_rs", resources.getGpuCoresPerProcess())
        .run(this, executableAndArguments(job));
  }

  @Override
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return MESSAGES.find(lastStderr);
  }
}
