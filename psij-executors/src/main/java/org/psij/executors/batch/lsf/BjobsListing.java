package org.psij.executors.batch.lsf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  private final Map<String, NativeStatus> jobs = new LinkedHashMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  /** What LSF says besides the rows. */
  private final StringBuilder words = new StringBuilder();

  private BjobsListing() {}

  static StatusListing read(CommandResult result) {
    BjobsListing listing = new BjobsListing();
    listing.addRows(result.stdout());
    String words = listing.words.append(result.stderr()).toString();
    Set<String> unknown = LsfAnswers.unknownJobs(words);
    boolean nothingThere = LsfAnswers.saysNoJob(words);
    if (listing.jobs.isEmpty() && unknown.isEmpty() && !nothingThere) {
      throw new CommandException("bjobs told nothing about any job", result);
    }
    Set<String> told = new HashSet<>(unknown);
    told.addAll(listing.jobs.keySet());
    Stream.concat(listing.jobs.keySet().stream(), listing.unreadable.stream())
        .filter(id -> id.endsWith("]"))
        .forEach(id -> told.add(wholeJob(id)));
    Set<String> unsure = new HashSet<>(listing.unreadable);
    if (!nothingThere) {
      askedIds(result).filter(id -> !told.contains(id)).forEach(unsure::add);
    }
    return StatusListing.of(
        listing.jobs, id -> unsure.contains(id) || unsure.contains(wholeJob(id)));
  }

  private static String wholeJob(String id) {
    int bracket = id.indexOf('[');
    return bracket < 0 ? id : id.substring(0, bracket);
  }

  static List<String> readIds(CommandResult result) {
    BjobsListing listing = new BjobsListing();
    listing.addRows(result.stdout());
    String words = listing.words.append(result.stderr()).toString();
    if (listing.jobs.isEmpty() && result.exitCode() != 0 && !LsfAnswers.saysNoJob(words)) {
      throw new CommandException("bjobs did not list the jobs", result);
    }
    List<String> ids = new ArrayList<>(listing.jobs.keySet());
    ids.addAll(listing.unreadable);
    return ids;
  }

  private static Stream<String> askedIds(CommandResult result) {
    return result.command().stream().filter(BjobsListing::isId);
  }

  private void addRows(String stdout) {
    int start = 0;
    for (int end = stdout.indexOf('\n'); end >= 0; end = stdout.indexOf('\n', start)) {
      addRow(stdout.substring(start, end));
      start = end + 1;
    }
    words.append(stdout, start, stdout.length()).append('\n');
  }

  private void addRow(String line) {
    String[] row = line.split("\\|", FIELDS);
    String id = id(row);
    if (id == null) {
      words.append(line).append('\n');
      return;
    }
    Integer exitCode = row.length == FIELDS ? number(row[3]) : null;
    if (row.length == FIELDS && (exitCode != null || isNone(row[3]))) {
      jobs.put(
          id,
          LsfStates.status(row[2].strip(), exitCode, text(row[4]), text(row[5]))
              .mark(text(row[6]))
              .build());
    } else {
      unreadable.add(id);
    }
  }

  private static @Nullable String id(String[] row) {
    String id = row[0].strip();
    if (row.length == 1 || !isId(id)) {
      return null;
    }
    String index = row[1].strip();
    return id.endsWith("]") || !isIndex(index) ? id : id + "[" + index + "]";
  }

  /** Tells whether a word is {@code 12} or {@code 12[3]}. */
  private static boolean isId(String word) {
    int end = endOfDigits(word, 0);
    if (end == 0 || end == word.length()) {
      return end > 0;
    }
    int close = endOfDigits(word, end + 1);
    return word.charAt(end) == '['
        && close > end + 1
        && close == word.length() - 1
        && word.charAt(close) == ']';
  }

  /** Tells whether a field is a number above 0, which is that of a job that is no element. */
  private static boolean isIndex(String field) {
    return endOfDigits(field, 0) == field.length() && field.chars().anyMatch(digit -> digit != '0');
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static @Nullable Integer number(String field) {
    String digits = field.strip();
    boolean isNumber =
        !digits.isEmpty() && digits.length() <= 9 && endOfDigits(digits, 0) == digits.length();
    return isNumber ? Integer.valueOf(digits) : null;
  }

  private static boolean isNone(String field) {
    return field.isBlank() || field.strip().equals("-");
  }

  private static @Nullable String text(String field) {
    return isNone(field) ? null : field.strip();
  }
}
