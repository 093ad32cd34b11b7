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
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * The document of {@code qstat -xml}, read row by row, so that a row that is no XML spoils only
 * itself. Not safe for use by several threads.
 */
final class QstatListing {
  private static final String ROW = "job_list";
  private static final Pattern ROW_START = Pattern.compile("<" + ROW + "(?=[\\s>])");
  private static final String ROW_END = "</" + ROW + ">";
  private static final Pattern NUMBER =
      Pattern.compile("<JB_job_number>\\s*([0-9]{1,18})\\s*</JB_job_number>");
  private static final Pattern END = Pattern.compile("</job_info>\\s*\\z");

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
    complete = END.matcher(document).find();
    List<String> rows = wholeRows(document);
    List<Map<String, String>> fields = XmlRows.parse(ROW, String.join("", rows));
    if (fields != null && fields.size() == rows.size()) {
      for (int i = 0; i < rows.size(); i++) {
        addRow(rows.get(i), fields.get(i));
      }
    } else {
      rows.forEach(this::addRow);
    }
  }

  private List<String> wholeRows(String document) {
    List<String> rows = new ArrayList<>();
    Matcher start = ROW_START.matcher(document);
    boolean found = start.find();
    while (found) {
      int from = start.start();
      found = start.find();
      String row = document.substring(from, found ? start.start() : document.length());
      int end = row.indexOf(ROW_END);
      if (end >= 0) {
        rows.add(row.substring(0, end + ROW_END.length()));
      } else {
        addUnreadable(row);
      }
    }
    return rows;
  }

  private void addRow(String row) {
    List<Map<String, String>> fields = XmlRows.parse(ROW, row);
    if (fields == null || fields.size() != 1) {
      addUnreadable(row);
    } else {
      addRow(row, fields.get(0));
    }
  }

  private void addRow(String row, Map<String, String> fields) {
    String number = fields.get("JB_job_number");
    String letters = fields.get("state");
    NativeId id = number == null ? null : NativeId.parse(number);
    if (id == null || letters == null || letters.isEmpty()) {
      addUnreadable(row);
      return;
    }
    NativeStatus status = StateLetters.interpret(id.job(), letters);
    String tasks = fields.get("tasks");
    if (tasks == null || tasks.isEmpty()) {
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
    @Nullable String id = number.find() ? number.group(1) : null;
    if (id == null || row.contains("<tasks")) {
      complete = false;
    }
    if (id != null) {
      unreadable.add(id);
    }
  }
}
