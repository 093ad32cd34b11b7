package org.psij.executors.batch.slurm;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * What sacct(1) says about jobs: id, state, exit code and signal, end, and owner. A row may be some
 * seconds old, or for ever that of a running job if slurmctld was down when it ended; only ends are
 * certain. Where slurmdbd has been away, a row may have the state of an end before it has the rest:
 * {@code CANCELLED} at an unknown time, and seconds later {@code CANCELLED by 0}.
 *
 * <p>The exit code of a job that returned 128 or more is stored without its highest bit, so that 9
 * stands for 137 as well: where a job returned something else than 0, no exit code is given.
 */
final class SacctListing {
  private static final int COLUMNS = 5;

  /** So that the map of many jobs need not grow. */
  private static final int SHORTEST_ROW = 32;

  private static final int SIGNALS = 64;

  /** Stands for files of the script that could not be opened. */
  private static final int SIGNAL_OF_FILES = 53;

  /** Stands for what the kernel killed for its memory. */
  private static final int SIGNAL_OF_MEMORY = 125;

  private static final Pattern CANCELED = Pattern.compile("CANCELLED(?: by (-?[0-9]+))?");

  private final Map<String, NativeStatus> jobs;
  private final Set<String> unreadable = new HashSet<>();
  private boolean complete = true;

  private SacctListing(String output) {
    jobs = new LinkedHashMap<>(output.length() / SHORTEST_ROW);
  }

  static List<String> command(List<String> nativeIds) {
    return List.of(
        "sacct",
        "--noheader",
        "--parsable2",
        "--allocations",
        "--format=JobID,State,ExitCode,End,UID",
        "--jobs=" + SlurmIds.joinedWholes(nativeIds));
  }

  static StatusListing parse(CommandResult result) {
    if (result.complaint().contains("accounting storage is disabled")) {
      return StatusListing.of(Map.of()); // for good, so that nothing is to be waited for
    }
    boolean isEmpty = result.stdout().isBlank();
    if (result.exitCode() != 0 || (isEmpty && SlurmComplaint.isUnreachable(result))) {
      throw new CommandException("sacct did not tell how jobs ended", result);
    }
    SacctListing listing = new SacctListing(result.stdout());
    boolean whole = Rows.read(result.stdout(), COLUMNS + 1, listing::read);
    return StatusListing.of(listing.jobs, listing.unreadable, listing.complete && whole);
  }

  private void read(String[] columns) {
    String id = columns[0].strip();
    if (id.isEmpty() && columns.length == 1) {
      return;
    }
    List<String> ids = SlurmIds.expanded(id, jobs.size() + unreadable.size());
    if (ids.isEmpty()) {
      complete = false;
      return;
    }
    if (columns.length != COLUMNS || columns[1].isBlank()) {
      unreadable.addAll(ids);
    } else {
      NativeStatus status = status(columns);
      ids.forEach(each -> jobs.put(each, status));
      String whole = SlurmIds.whole(id);
      if (!whole.equals(id) && !status.isFinal()) {
        unreadable.add(whole); // it has not ended, and only its parts are told
      }
    }
  }

  private static NativeStatus status(String[] columns) {
    String name = columns[1].strip();
    Matcher canceled = name.startsWith("CANCELLED") ? CANCELED.matcher(name) : null;
    boolean isCanceled = canceled != null && canceled.matches();
    SlurmState meaning = SlurmState.of(isCanceled ? "CANCELLED" : name);
    NativeStatus.Builder status =
        NativeStatus.builder(name, meaning.state())
            .condition(meaning.condition())
            .reason(meaning.words())
            .cause(meaning.cause());
    if (meaning.isFinal()) {
      Instant end = SlurmTime.read(columns[3]);
      if (end == null) {
        return NativeStatus.builder(name, null).build();
      }
      status.endTime(end);
    }
    if (meaning.state() == JobState.COMPLETED) {
      status.exitCode(0);
    } else if (canceled != null && isCanceled) {
      tellWhoCanceled(status, canceled.group(1), columns[4].strip());
    } else if (name.equals("FAILED")) {
      tellFailure(status, columns[2].strip());
    }
    return status.build();
  }

  private static void tellWhoCanceled(
      NativeStatus.Builder status, @Nullable String who, String owner) {
    if (who == null) {
      status.cause(FailureCause.CANCELED_BY_SCHEDULER).reason("cancelled by Slurm itself");
    } else if (!who.equals(owner)) {
      status
          .cause(FailureCause.CANCELED_BY_SCHEDULER)
          .reason("cancelled by the user with id " + who);
    } else {
      status.cause(FailureCause.CANCELED_BY_USER).reason("cancelled by its owner");
    }
  }

  private static void tellFailure(NativeStatus.Builder status, String codes) {
    int colon = codes.indexOf(':');
    int code = number(codes, 0, colon);
    int signal = number(codes, colon + 1, codes.length());
    if (code < 0 || signal < 0) {
      return;
    }
    if (signal == SIGNAL_OF_MEMORY) {
      status.cause(FailureCause.OUT_OF_MEMORY);
    } else if (signal == SIGNAL_OF_FILES) {
      status.cause(FailureCause.REJECTED).reason("Slurm could not open the files of the script");
    } else if (signal > 0 && signal <= SIGNALS) {
      status.cause(FailureCause.SIGNAL).exitCode(128 + signal).reason("killed by signal " + signal);
    } else if (code > 0) {
      status.cause(FailureCause.EXIT_CODE).reason(exitCodes(code));
    }
  }

  /** Reads up to three digits; -1 if there is anything else. */
  private static int number(String text, int start, int end) {
    int number = end > start && end - start <= 3 ? 0 : -1;
    for (int i = start; i < end && number >= 0; i++) {
      char digit = text.charAt(i);
      number = digit >= '0' && digit <= '9' ? number * 10 + digit - '0' : -1;
    }
    return number;
  }

  private static String exitCodes(int code) {
    return code >= 128 ? "exit code " + code : "exit code " + code + " or " + (code + 128);
  }
}
