package org.psij.executors.batch.lsf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * Reads what {@code bhist -l} prints (manual page bhist(1)): for each job a head and its events,
 * broken anywhere into lines of 80 characters, with 21 blanks before each that goes on. The last
 * event that tells a state counts, if what comes behind the events shows that none is missing; a
 * job whose events tell no end may come later.
 */
final class BhistListing {
  private static final String CONTINUED = " ".repeat(8);
  private static final int LONGEST_INDENT = 21;
  private static final String SUMMARY = "Summary of time in seconds ";
  private static final Pattern HEAD = Pattern.compile("^Job <(\\d+(?:\\[\\d+\\])?)>[,;].*");

  /** {@code Thu Mar 13 17:32:06: } and perhaps the year. */
  private static final Pattern TIME =
      Pattern.compile("^\\w{3} \\w{3} +\\d+ [\\d:]{8}(?: \\d{4})?: ");

  private static final Pattern EXIT_CODE = Pattern.compile("^Exited with exit code (\\d{1,9})\\b");
  private static final Pattern SIGNAL = Pattern.compile("^Exited by signal (\\d{1,3})\\b");

  private final Map<String, NativeStatus> jobs = new LinkedHashMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  /** What LSF says besides what it tells of jobs. */
  private final StringBuilder words = new StringBuilder();

  private @Nullable String id;
  private boolean summed;
  private @Nullable String ending;
  private @Nullable String reason;

  private BhistListing() {}

  static StatusListing read(CommandResult result) {
    BhistListing listing = new BhistListing();
    listing.addLines(result.stdout());
    listing.endJob(listing.summed);
    String words = listing.words.append(result.stderr()).toString();
    boolean answered = LsfAnswers.saysNoJob(words) || !LsfAnswers.unknownJobs(words).isEmpty();
    if (listing.jobs.isEmpty() && listing.unreadable.isEmpty() && !answered) {
      throw new CommandException("bhist told nothing about any job", result);
    }
    return StatusListing.of(listing.jobs, listing.unreadable, result.exitCode() == 0 || answered);
  }

  /** Puts the lines together that bhist has broken, and reads each. */
  private void addLines(String text) {
    StringBuilder line = new StringBuilder();
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      int next = end + 1;
      if (text.startsWith(CONTINUED, next)) {
        line.append(text, start, withoutReturn(text, start, end));
        start = next + indent(text, next);
      } else {
        addLine(
            line.isEmpty() ? text.substring(start, end) : line.append(text, start, end).toString());
        line.setLength(0);
        start = next;
      }
    }
    addLine(line.toString());
  }

  private static int withoutReturn(String text, int start, int end) {
    return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private static int indent(String text, int start) {
    int end = start;
    while (end < text.length() && end - start < LONGEST_INDENT && text.charAt(end) == ' ') {
      end++;
    }
    return end - start;
  }

  private void addLine(String line) {
    if (line.startsWith("-----") && line.replace("-", "").isBlank()) {
      endJob(true);
    } else if (line.startsWith("Job <")) {
      beginJob(line);
    } else if (id == null) {
      words.append(line).append('\n');
    } else if (line.startsWith(SUMMARY)) {
      summed = true;
    } else {
      addEvent(line.stripTrailing());
    }
  }

  private void beginJob(String line) {
    endJob(true);
    Matcher head = HEAD.matcher(line);
    if (head.matches()) {
      id = head.group(1);
    } else {
      words.append(line).append('\n');
    }
  }

  private void endJob(boolean whole) {
    if (id != null) {
      if (ending == null || !whole) {
        unreadable.add(id);
      } else {
        jobs.put(id, status(ending, reason));
      }
    }
    id = null;
    summed = false;
    ending = null;
    reason = null;
  }

  private void addEvent(String line) {
    boolean whole = line.endsWith(";") || line.endsWith(".");
    Matcher time = TIME.matcher(line);
    if (!whole || !time.lookingAt()) {
      return;
    }
    String text = line.substring(time.end());
    if (text.startsWith("Done successfully") || text.startsWith("Exited")) {
      ending = text;
      reason = text.contains("TERM_") ? text : null;
    } else if (text.startsWith("Completed <") && ending != null) {
      reason = text;
    } else if (isStart(text)) {
      ending = null;
      reason = null;
    }
  }

  /** A job that was put back into the queue, or runs again, has not ended. */
  private static boolean isStart(String event) {
    return event.startsWith("Requeue")
        || event.startsWith("Pending")
        || event.startsWith("Submitted")
        || event.startsWith("Dispatched")
        || event.startsWith("Start");
  }

  private static NativeStatus status(String ending, @Nullable String reason) {
    if (ending.startsWith("Done successfully")) {
      return LsfStates.status("DONE", null, null, null).build();
    }
    return LsfStates.status("EXIT", exitCode(ending), reason, null).build();
  }

  private static @Nullable Integer exitCode(String ending) {
    Matcher code = EXIT_CODE.matcher(ending);
    if (code.find()) {
      return Integer.valueOf(code.group(1));
    }
    Matcher signal = SIGNAL.matcher(ending);
    return signal.find() ? Integer.valueOf(128 + Integer.parseInt(signal.group(1))) : null;
  }
}
