package org.psij.launchers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;
import org.psij.ResourceSpecV1;

/**
 * Starts the processes of a job as a step of a Slurm allocation ({@code srun(1)}). The numbers of
 * nodes, tasks, cores and GPUs are always restated, since a step does not inherit all of them from
 * its allocation.
 *
 * <p>A step that is told to end does not count as completed, even if all of its processes return 0
 * then: {@code srun} returns 0 too when it stops waiting for them.
 */
public final class SrunLauncher extends Launcher {
  private static final ShellText SCRIPT = ShellText.ofResource("srun");

  private static final FailureMessages MESSAGES =
      FailureMessages.containing(
          "srun: not found",
          "srun: command not found",
          "srun: error: Unable to create step",
          "srun: error: Unable to allocate resources",
          "srun: error: Unable to confirm allocation",
          "srun: error: Task launch for",
          "srun: fatal:");

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public SrunLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    ResourceSpecV1 resources = resources(job);
    boolean isPlaced = CommandLine.isPlaced(resources);
    return SCRIPT.command(
        new CommandLine()
            .option("--nodes", isPlaced ? resources.getComputedNodeCount() : null)
            .option("--ntasks", resources.getComputedProcessCount())
            .option("--ntasks-per-node", isPlaced ? resources.getComputedProcessesPerNode() : null)
            .option("--cpus-per-task", resources.getCpuCoresPerProcess())
            .option("--gpus-per-task", resources.getGpuCoresPerProcess())
            .run(this, withoutColon(executableAndArguments(job))),
        List.of());
  }

  /**
   * A word that is a colon would begin another component of a heterogeneous step, wherever it
   * stands; inside the text of a shell it does not.
   */
  private static List<String> withoutColon(List<String> command) {
    return command.contains(":")
        ? List.of("/bin/sh", "-c", "exec " + ShellText.quoted(command))
        : command;
  }

  @Override
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return MESSAGES.find(lastStderr);
  }
}
