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
  private static final Pattern BROKEN_LINE = Pattern.compile("\\r?\\n {8,21}");
  private static final Pattern SECTION =
      Pattern.compile("^-{5,}\\s*$|^(?=Job <\\d)", Pattern.MULTILINE);
  private static final Pattern SUMMARY =
      Pattern.compile("^Summary of time in seconds ", Pattern.MULTILINE);
  private static final Pattern HEAD = Pattern.compile("^Job <(\\d+(?:\\[\\d+\\])?)>[,;]");
  private static final Pattern EVENT =
      Pattern.compile(
          "^\\w{3} \\w{3} +\\d+ [\\d:]{8}(?: \\d{4})?: (.*[;.])\\s*$", Pattern.MULTILINE);
  private static final Pattern EXIT_CODE = Pattern.compile("^Exited with exit code (\\d{1,9})\\b");
  private static final Pattern SIGNAL = Pattern.compile("^Exited by signal (\\d{1,3})\\b");

  private final Map<String, NativeStatus> jobs = new LinkedHashMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  private BhistListing() {}

  static StatusListing read(CommandResult result) {
    BhistListing listing = new BhistListing();
    String lines = BROKEN_LINE.matcher(result.stdout()).replaceAll("");
    String[] sections = SECTION.split(lines, -1);
    for (int i = 0; i < sections.length; i++) {
      listing.addSection(sections[i], i == sections.length - 1);
    }
    boolean answered = LsfAnswers.saysNoJob(result) || !LsfAnswers.unknownJobs(result).isEmpty();
    if (listing.jobs.isEmpty() && listing.unreadable.isEmpty() && !answered) {
      throw new CommandException("bhist told nothing about any job", result);
    }
    return StatusListing.of(listing.jobs, listing.unreadable, result.exitCode() == 0 || answered);
  }

  private void addSection(String section, boolean last) {
    Matcher head = HEAD.matcher(section);
    if (!head.find()) {
      return;
    }
    boolean cut = last && !SUMMARY.matcher(section).find();
    NativeStatus end = cut ? null : end(section);
    if (end == null) {
      unreadable.add(head.group(1));
    } else {
      jobs.put(head.group(1), end);
    }
  }

  private static @Nullable NativeStatus end(String section) {
    String ending = null;
    String reason = null;
    Matcher event = EVENT.matcher(section);
    while (event.find()) {
      String text = event.group(1);
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
    return ending == null ? null : status(ending, reason);
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
