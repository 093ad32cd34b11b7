package org.example.psij.tsp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * Reads what {@code tsp -i} prints about one job. Its times are left alone: they are in the time
 * zone of whoever started the queue.
 */
final class TaskSpoolerInfo {
  private static final Pattern STATUS =
      Pattern.compile(
          "Exit status: (?:died with exit code (-?\\d{1,9})|killed by signal (\\d{1,2}))\n.*",
          Pattern.DOTALL);

  private TaskSpoolerInfo() {}

  static StatusListing read(CommandResult result) {
    List<String> command = result.command();
    String id = command.get(command.size() - 1);
    Matcher status = STATUS.matcher(result.stdout());
    if (status.matches()) {
      return StatusListing.of(Map.of(id, status(status)));
    }
    if (result.stdout().startsWith("Command:")) {
      return StatusListing.of(Map.of(), Set.of(id), true);
    }
    if (isUnknown(result)) {
      return StatusListing.of(Map.of());
    }
    throw new CommandException("tsp told nothing about the job", result);
  }

  /** For a job that is not there, tsp has one of two messages. */
  private static boolean isUnknown(CommandResult result) {
    return result.stderr().contains("not finished or not running")
        || result.stderr().contains("wait_server_lines");
  }

  private static NativeStatus status(Matcher status) {
    if (status.group(1) != null) {
      return TaskSpoolerListing.ended(Integer.parseInt(status.group(1))).build();
    }
    int signal = Integer.parseInt(status.group(2));
    return NativeStatus.builder("finished", JobState.FAILED)
        .cause(FailureCause.SIGNAL)
        .exitCode(128 + signal)
        .reason("killed by signal " + signal)
        .build();
  }
}
