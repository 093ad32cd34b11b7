package org.psij.executors.batch.slurm;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

/**
 * What squeue(1) says about jobs. The columns are id, state, end, reason and command; what may hold
 * any character, the command, is the last. There is no column for the exit code or the number of
 * restarts: only {@code --Format} has them, which pads and cuts.
 */
final class SqueueListing {
  private static final String FORMAT = "%i|%T|%e|%r|%o";
  private static final int COLUMNS = 5;

  /** So that the map of many jobs need not grow. */
  private static final int SHORTEST_ROW = 32;

  private static final String JOBS = "--jobs=";

  private final Map<String, NativeStatus> jobs;
  private final Set<String> unreadable = new HashSet<>();
  private boolean complete = true;

  private SqueueListing(String output) {
    jobs = new LinkedHashMap<>(output.length() / SHORTEST_ROW);
  }

  static List<String> command(List<String> nativeIds) {
    return List.of(
        "squeue",
        "--noheader",
        "--all",
        "--array",
        "--states=all",
        "--format=" + FORMAT,
        JOBS + SlurmIds.joinedByArray(nativeIds));
  }

  static StatusListing parse(CommandResult result) {
    if (isOneUnknownJob(result)) {
      return StatusListing.of(Map.of());
    }
    requireAnswer(result);
    SqueueListing listing = new SqueueListing(result.stdout());
    boolean whole = Rows.read(result.stdout(), COLUMNS, listing::read);
    return StatusListing.of(listing.jobs, listing.unreadable, listing.complete && whole);
  }

  static List<String> parseIds(CommandResult result) {
    requireAnswer(result);
    Lines lines = Lines.of(result.stdout());
    if (!lines.areComplete()) {
      throw new CommandException("squeue did not list all jobs", result);
    }
    return lines.whole().stream()
        .flatMap(line -> SlurmIds.expanded(line.strip(), 0).stream())
        .toList();
  }

  /** Only if it is asked for a single job, squeue makes an error of its not being there. */
  private static boolean isOneUnknownJob(CommandResult result) {
    return result.exitCode() != 0
        && result.stderr().contains("Invalid job id")
        && result.command().stream().noneMatch(word -> word.startsWith(JOBS) && word.contains(","));
  }

  private static void requireAnswer(CommandResult result) {
    if (result.exitCode() != 0
        || (result.stdout().isBlank() && SlurmComplaint.isUnreachable(result))) {
      throw new CommandException("squeue did not list the jobs", result);
    }
  }

  private void read(String[] columns) {
    String id = columns[0].strip();
    if ((id.isEmpty() && columns.length == 1) || id.startsWith("CLUSTER: ")) {
      return;
    }
    List<String> ids = SlurmIds.expanded(id, jobs.size() + unreadable.size());
    if (ids.isEmpty()) {
      complete = false;
      return;
    }
    String whole = SlurmIds.whole(id);
    if (!whole.equals(id)) {
      unreadable.add(whole); // a job is there of which only the parts are told
    }
    if (columns.length < COLUMNS || columns[1].isBlank()) {
      unreadable.addAll(ids);
    } else {
      NativeStatus status = status(columns);
      ids.forEach(each -> jobs.put(each, status));
    }
  }

  private static NativeStatus status(String[] columns) {
    String name = columns[1].strip();
    SlurmState meaning = SlurmState.of(name);
    SlurmReason reason = new SlurmReason(columns[3].strip());
    String words = reason.words();
    NativeStatus.Builder status =
        NativeStatus.builder(name, meaning.state())
            .condition(condition(meaning, reason))
            .reason(words == null ? meaning.words() : words)
            .mark(columns[4].equals("(null)") ? null : columns[4]);
    if (meaning.isFinal()) {
      status
          .cause(cause(meaning, reason))
          .exitCode(exitCode(meaning, reason))
          .endTime(SlurmTime.read(columns[2]));
    }
    return status.build();
  }

  private static Condition condition(SlurmState meaning, SlurmReason reason) {
    return meaning.state() == JobState.QUEUED && reason.isHold()
        ? Condition.HELD
        : meaning.condition();
  }

  private static @Nullable FailureCause cause(SlurmState meaning, SlurmReason reason) {
    if (meaning.state() == JobState.CANCELED && reason.isSchedulersOwnCancel()) {
      return FailureCause.CANCELED_BY_SCHEDULER;
    }
    return meaning.state() == JobState.FAILED && meaning.cause() == null
        ? reason.failure()
        : meaning.cause();
  }

  private static @Nullable Integer exitCode(SlurmState meaning, SlurmReason reason) {
    if (meaning.state() == JobState.COMPLETED) {
      return 0;
    }
    Integer signal = meaning.state() == JobState.FAILED ? reason.signal() : null;
    return signal == null ? null : Integer.valueOf(128 + signal);
  }
}
