package org.psij.launchers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;
import org.psij.ResourceSpecV1;

/**
 * Starts the processes of an MPI program with the {@code mpirun} that the job finds in its {@code
 * PATH}: Open MPI 4 or 5, MPICH or another one with Hydra, or Intel MPI. Which one it is, is found
 * out where the job runs.
 */
public final class MpirunLauncher extends Launcher {
  private static final ShellText SCRIPT = ShellText.ofResource("mpirun");

  private static final FailureMessages MESSAGES =
      FailureMessages.containing(
          "psij: mpirun was not found",
          "There are not enough slots available in the system",
          "has detected an attempt to run as root",
          "ORTE was unable to",
          "ORTE has lost communication with a remote daemon",
          "PRTE has lost communication with a remote daemon",
          "An ORTE daemon has unexpectedly failed");

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public MpirunLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    ResourceSpecV1 resources = resources(job);
    boolean isPlaced = CommandLine.isPlaced(resources);
    Integer cores = resources.getCpuCoresPerProcess();
    return SCRIPT.command(
        List.of(
            String.valueOf(resources.getComputedProcessCount()),
            isPlaced ? String.valueOf(resources.getComputedProcessesPerNode()) : "",
            cores == null ? "1" : cores.toString()),
        CommandLine.afterOptions(this, executableAndArguments(job)));
  }

  @Override
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return MESSAGES.find(lastStderr);
  }
}
