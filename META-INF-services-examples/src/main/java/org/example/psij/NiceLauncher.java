package org.example.psij;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.LauncherContext;

/** Starts the executable once, with a lower priority: {@code nice(1)}. */
public final class NiceLauncher extends Launcher {
  /** What {@code nice} returns when it fails itself; 126 and 127 are about the executable. */
  private static final int NICE_FAILED = 125;

  /** What a shell returns when there is no {@code nice}. */
  private static final int NOT_FOUND = 127;

  /**
   * Creates the launcher.
   *
   * @param context what the registry knows
   */
  public NiceLauncher(LauncherContext context) {
    super(context);
  }

  @Override
  public List<String> getLaunchCommand(Job job) {
    List<String> executableAndArguments = executableAndArguments(job);
    String executable = executableAndArguments.get(0);
    if (executable.startsWith("-")) {
      throw new InvalidJobException(
          "executable", "would be an option of nice, was '" + executable + "'");
    }
    List<String> command = new ArrayList<>(List.of("nice", "-n", "10"));
    command.addAll(executableAndArguments);
    return command;
  }

  @Override
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return lastStderr.lines().filter(line -> isOwnMessage(exitCode, line)).findFirst().orElse(null);
  }

  /** A message about the executable begins with {@code nice: } too, but not with this exit code. */
  private static boolean isOwnMessage(int exitCode, String line) {
    return (exitCode == NICE_FAILED && line.startsWith("nice: "))
        || (exitCode == NOT_FOUND
            && (line.endsWith(" nice: not found") || line.endsWith(" nice: command not found")));
  }
}
