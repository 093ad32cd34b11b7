package org.psij.executors.batch.lsf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * Reads what {@code bjobs -noheader -o} prints (manual page bjobs(1)). A row counts when its
 * newline is there. LSF names each job that it does not know: a job that is neither listed nor
 * named so may be there, and if it is an array, so may all its tasks.
 */
final class BjobsListing {
  /** The fields, of which the last one may hold the delimiter. */
  static final String FORMAT =
      "jobid jobindex stat exit_code exit_reason pend_reason command delimiter='|'";

  private static final int FIELDS = 7;

  private final Map<String, NativeStatus> jobs;
  private final Set<String> unreadable = new TreeSet<>();

  /** The ids of the arrays of which elements are listed. */
  private final Set<String> arrays = new HashSet<>();

  /** What LSF says besides the rows. */
  private final StringBuilder words = new StringBuilder();

  /** Expects about so many jobs. */
  private BjobsListing(int jobs) {
    this.jobs = new LinkedHashMap<>(2 * jobs);
  }

  static StatusListing read(CommandResult result) {
    BjobsListing listing = new BjobsListing(result.command().size());
    listing.addRows(result.stdout());
    String words = listing.words.append(result.stderr()).toString();
    Set<String> unknown = LsfAnswers.unknownJobs(words);
    boolean nothingThere = LsfAnswers.saysNoJob(words);
    if (listing.jobs.isEmpty() && unknown.isEmpty() && !nothingThere) {
      throw new CommandException("bjobs told nothing about any job", result);
    }
    Set<String> unsure = new HashSet<>(listing.unreadable);
    if (!nothingThere) {
      for (String id : result.command()) {
        if (!listing.jobs.containsKey(id)
            && LsfIds.isId(id)
            && !unknown.contains(id)
            && !listing.arrays.contains(id)) {
          unsure.add(id);
        }
      }
    }
    return StatusListing.of(
        listing.jobs, id -> unsure.contains(id) || unsure.contains(wholeJob(id)));
  }

  private static String wholeJob(String id) {
    int bracket = id.indexOf('[');
    return bracket < 0 ? id : id.substring(0, bracket);
  }

  static List<String> readIds(CommandResult result) {
    BjobsListing listing = new BjobsListing(0);
    listing.addRows(result.stdout());
    String words = listing.words.append(result.stderr()).toString();
    if (listing.jobs.isEmpty() && result.exitCode() != 0 && !LsfAnswers.saysNoJob(words)) {
      throw new CommandException("bjobs did not list the jobs", result);
    }
    List<String> ids = new ArrayList<>(listing.jobs.keySet());
    ids.addAll(listing.unreadable);
    return ids;
  }

  private void addRows(String stdout) {
    Row row = new Row(stdout);
    int start = 0;
    for (int end = stdout.indexOf('\n'); end >= 0; end = stdout.indexOf('\n', start)) {
      row.set(start, end);
      addRow(row);
      start = end + 1;
    }
    words.append(stdout, start, stdout.length()).append('\n');
  }

  private void addRow(Row row) {
    String id = id(row);
    if (id == null) {
      words.append(row).append('\n');
      return;
    }
    if (id.endsWith("]")) {
      arrays.add(wholeJob(id));
    }
    String code = row.isWhole() ? row.field(3) : null;
    Integer exitCode = code == null ? null : LsfIds.number(code);
    String state = row.isWhole() && (code == null || exitCode != null) ? row.field(2) : null;
    if (state == null) {
      unreadable.add(id);
    } else {
      jobs.put(
          id,
          LsfStates.status(state, exitCode, row.field(4), row.field(5)).mark(row.field(6)).build());
    }
  }

  private static @Nullable String id(Row row) {
    String id = row.field(0);
    return id == null || row.fields == 1 ? null : LsfIds.of(id, row.field(1));
  }

  /** A line of the listing, and then another one; only the fields that are wanted are copied. */
  private static final class Row {
    private final String text;
    private final int[] starts = new int[FIELDS + 1];
    private int fields;

    Row(String text) {
      this.text = text;
    }

    void set(int start, int end) {
      starts[0] = start;
      fields = 1;
      for (int i = start; i < end && fields < FIELDS; i++) {
        if (text.charAt(i) == '|') {
          starts[fields] = i + 1;
          fields++;
        }
      }
      starts[fields] = end + 1;
    }

    boolean isWhole() {
      return fields == FIELDS;
    }

    /** Returns a field without blanks around it, or null if LSF has nothing to say in it. */
    @Nullable String field(int number) {
      int start = starts[number];
      int end = starts[number + 1] - 1;
      if (end == start + 1 && text.charAt(start) == '-') {
        return null;
      }
      String field = text.substring(start, end).strip();
      return field.isEmpty() || field.equals("-") ? null : field;
    }

    @Override
    public String toString() {
      return text.substring(starts[0], starts[fields] - 1);
    }
  }
}
