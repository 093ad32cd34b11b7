package org.example.psij.tsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * Reads what {@code tsp -l} prints: a head, and a row for each job. A row ends with the label and
 * the command, which may hold newlines and so look like more rows: an id that occurs twice is not
 * believed.
 */
final class TaskSpoolerListing {
  private static final Pattern ROW = Pattern.compile("(\\d{1,9}) +([a-z]+) +(.*)");
  private static final Pattern END =
      Pattern.compile(".*? (-?\\d{1,9}) +[\\d.]+/[\\d.]+/[\\d.]+ .*");

  /** What timeout(1) returns when the walltime is over. */
  private static final int TIMED_OUT = 124;

  private final Map<String, NativeStatus> jobs = new LinkedHashMap<>();
  private final Set<String> unreadable = new TreeSet<>();
  private final boolean complete;

  private TaskSpoolerListing(CommandResult result) {
    String text = result.stdout();
    complete = result.exitCode() == 0 && text.endsWith("\n");
    int end = text.lastIndexOf('\n');
    text.substring(0, Math.max(end, 0)).lines().skip(1).forEach(this::addRow);
    jobs.keySet().removeAll(unreadable);
  }

  static TaskSpoolerListing read(CommandResult result) {
    if (!result.stdout().startsWith("ID ")) {
      throw new CommandException("tsp listed nothing", result);
    }
    return new TaskSpoolerListing(result);
  }

  StatusListing statuses() {
    return StatusListing.of(jobs, unreadable, complete);
  }

  List<String> unended() {
    return jobs.entrySet().stream()
        .filter(job -> !job.getValue().isFinal())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void addRow(String line) {
    Matcher row = ROW.matcher(line);
    if (row.matches()) {
      NativeStatus status = status(row.group(2), row.group(3)).mark(line).build();
      boolean twice = jobs.put(row.group(1), status) != null;
      boolean cutOff = status.state() == JobState.FAILED && status.cause() == null;
      if (twice || cutOff) {
        unreadable.add(row.group(1));
      }
    }
  }

  private static NativeStatus.Builder status(String state, String rest) {
    return switch (state) {
      case "queued" -> NativeStatus.builder(state, JobState.QUEUED);
      case "running" -> NativeStatus.builder(state, JobState.ACTIVE);
      case "skipped" ->
          NativeStatus.builder(state, JobState.FAILED)
              .cause(FailureCause.REJECTED)
              .reason("a job on which it depends has failed");
      case "finished" -> finished(rest);
      default -> NativeStatus.builder(state, null);
    };
  }

  private static NativeStatus.Builder finished(String rest) {
    Matcher end = END.matcher(rest);
    return end.matches()
        ? ended(Integer.parseInt(end.group(1)))
        : NativeStatus.builder("finished", JobState.FAILED);
  }

  /** What an error level means; that of a job that was killed is -1. */
  static NativeStatus.Builder ended(int errorLevel) {
    if (errorLevel == 0) {
      return NativeStatus.builder("finished", JobState.COMPLETED).exitCode(0);
    }
    NativeStatus.Builder failed = NativeStatus.builder("finished", JobState.FAILED);
    if (errorLevel < 0) {
      return failed.cause(FailureCause.SIGNAL).reason("killed, or could not be started");
    }
    if (errorLevel == TIMED_OUT) {
      return failed.cause(FailureCause.TIME_LIMIT).reason("the walltime is over");
    }
    return failed
        .exitCode(errorLevel)
        .cause(errorLevel > 128 ? FailureCause.SIGNAL : FailureCause.EXIT_CODE);
  }
}
