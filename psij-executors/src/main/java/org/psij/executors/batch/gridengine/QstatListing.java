package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * The document of {@code qstat -xml}, read row by row, so that a row that is no XML spoils only
 * itself. Not safe for use by several threads.
 */
final class QstatListing {
  private static final String ROW_START = "<job_list";
  private static final String ROW_END = "</job_list>";
  private static final Pattern NUMBER =
      Pattern.compile("<JB_job_number>\\s*([0-9]{1,18})\\s*</JB_job_number>");
  private static final String END = "</job_info>";
  private static final List<String> FIELDS = List.of("JB_job_number", "state", "tasks");

  private final Map<String, NativeStatus> jobs = new LinkedHashMap<>();
  private final Set<String> arrays = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();
  private boolean complete;

  private QstatListing() {}

  /** Reads the answer, or says that there is none. */
  static StatusListing parse(CommandResult result) {
    QstatListing listing = read(result);
    // one state cannot be told for all tasks of an array
    listing.unreadable.addAll(listing.arrays);
    return StatusListing.of(listing.jobs, listing.unreadable, listing.complete);
  }

  /** Lists the ids in the answer, those of the tasks where a job is an array. */
  static List<String> ids(CommandResult result) {
    QstatListing listing = read(result);
    Set<String> ids = new LinkedHashSet<>(listing.jobs.keySet());
    ids.addAll(listing.unreadable);
    return new ArrayList<>(ids);
  }

  private static QstatListing read(CommandResult result) {
    String document = result.stdout();
    if (result.exitCode() != 0 || !document.contains("<job_info")) {
      throw new CommandException("Grid Engine did not list its jobs", result);
    }
    QstatListing listing = new QstatListing();
    listing.addRows(document);
    return listing;
  }

  private void addRows(String document) {
    int last = document.lastIndexOf(END);
    complete = last >= 0 && document.substring(last + END.length()).isBlank();
    int end = -1;
    for (int start = nextRow(document, 0); start >= 0; ) {
      int next = nextRow(document, start + 1);
      int limit = next < 0 ? document.length() : next;
      if (end < start) {
        end = endOfRow(document, start);
      }
      addRow(document, start, limit, end);
      start = next;
    }
  }

  private static int nextRow(String document, int from) {
    int start = document.indexOf(ROW_START, from);
    while (start >= 0 && !isEndOfName(document, start + ROW_START.length())) {
      start = document.indexOf(ROW_START, start + 1);
    }
    return start;
  }

  private static boolean isEndOfName(String document, int at) {
    return at < document.length()
        && (document.charAt(at) == '>' || Character.isWhitespace(document.charAt(at)));
  }

  /** Finds the next end of a row, behind the document if there is none. */
  private static int endOfRow(String document, int from) {
    int end = document.indexOf(ROW_END, from);
    return end < 0 ? document.length() : end;
  }

  private void addRow(String document, int start, int limit, int end) {
    XmlRow row = end < limit ? XmlRow.parse(document, start, end, FIELDS) : null;
    NativeId id = row == null ? null : NativeId.parse(row.text(0));
    String letters = row == null ? "" : row.text(1);
    if (row == null || id == null || letters.isEmpty()) {
      addUnreadable(document.substring(start, limit));
      return;
    }
    NativeStatus status = StateLetters.interpret(id.job(), letters);
    String tasks = row.text(2);
    if (tasks.isEmpty()) {
      jobs.put(id.job(), status);
    } else {
      addTasks(id.job(), tasks, status);
    }
  }

  private void addTasks(String job, String text, NativeStatus status) {
    List<Integer> tasks = TaskList.parse(text, jobs.size());
    arrays.add(job);
    if (tasks == null) {
      complete = false;
    } else {
      tasks.forEach(task -> jobs.put(job + "." + task, status));
    }
  }

  private void addUnreadable(String row) {
    Matcher number = NUMBER.matcher(row);
    String id = number.find() ? number.group(1) : null;
    if (id == null || row.contains("<tasks")) {
      complete = false;
    }
    if (id != null) {
      unreadable.add(id);
    }
  }
}
