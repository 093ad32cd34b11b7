package org.psij.executors.batch.pbs;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code qstat -f -F json} prints, line by line: PBS prints each attribute on a line of
 * its own, and the depth of its blanks tells whose it is. That is not what JSON promises, but what
 * it promises PBS does not keep: some versions print values that break the syntax, mostly in the
 * environment of the job, and a parser would lose all jobs for one. Of the lines deeper than the
 * attributes of a job only those of its resources are read. Not safe for use by several threads.
 */
final class QstatJson implements QstatReader {
  private static final char QUOTE = '"';
  private static final String RESOURCES = "Resource_List";
  private static final Pattern LISTING = Pattern.compile("\\s*\"(timestamp|pbs_version)\"\\s*:.*");
  private static final Pattern JOBS = Pattern.compile("(\\s+)\"Jobs\"\\s*:\\s*\\{\\s*");
  private static final Pattern OPENING = Pattern.compile("(\\s+)\"([^\"]*)\"\\s*:\\s*\\{\\s*");
  private static final Pattern CLOSING = Pattern.compile("(\\s*)\\},?\\s*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|.)");

  private final AttributeNames names;
  private final Qstat qstat = new Qstat();
  private boolean listing;
  private boolean ended;
  private @Nullable String jobsIndent;
  private @Nullable String jobIndent;
  private @Nullable String attributeIndent;
  private @Nullable QstatJob job;
  private boolean resources;

  /**
   * Starts before the first line.
   *
   * @param names the attributes to keep
   */
  QstatJson(AttributeNames names) {
    this.names = names;
  }

  /**
   * Reads a listing.
   *
   * @param output what qstat printed
   * @return what is in it, or null if it is none
   */
  static @Nullable Qstat read(String output) {
    QstatJson reader = new QstatJson(AttributeNames.STATUS);
    for (int start = 0; start < output.length(); ) {
      int newline = output.indexOf('\n', start);
      int end = newline < 0 ? output.length() : newline;
      reader.line(output, start, end);
      start = end + 1;
    }
    if (!reader.listing) {
      return null;
    }
    reader.stop();
    return reader.qstat;
  }

  @Override
  public Qstat found() {
    return qstat;
  }

  @Override
  public void line(String text, int start, int end) {
    int first = afterBlanks(text, start, end);
    if (first == end) {
      return;
    }
    if (job != null) {
      lineOfJob(job, text, start, first, end);
    } else if (jobsIndent != null) {
      lineOfJobs(text.substring(start, end));
    } else {
      lineOfListing(text.substring(start, end));
    }
  }

  private static int afterBlanks(String text, int start, int end) {
    int at = start;
    while (at < end && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private void lineOfListing(String line) {
    Matcher jobs = JOBS.matcher(line);
    if (jobs.matches()) {
      jobsIndent = jobs.group(1);
    } else if (LISTING.matcher(line).matches()) {
      listing = true;
    } else if (line.startsWith("}")) {
      ended = true;
    }
  }

  private void lineOfJobs(String line) {
    Matcher opening = OPENING.matcher(line);
    if (opening.matches()) {
      jobIndent = opening.group(1);
      attributeIndent = null;
      resources = false;
      job = new QstatJob(opening.group(2), false);
      return;
    }
    Matcher closing = CLOSING.matcher(line);
    if (closing.matches() && closing.group(1).equals(jobsIndent)) {
      jobsIndent = null;
    } else {
      qstat.setIncomplete();
    }
  }

  private void lineOfJob(QstatJob current, String text, int start, int first, int end) {
    if (text.charAt(first) == '}') {
      boolean closes = CLOSING.matcher(text).region(start, end).matches();
      if (closes && isIndent(jobIndent, text, start, first)) {
        qstat.add(current);
        job = null;
      }
    } else if (attributeIndent == null || isIndent(attributeIndent, text, start, first)) {
      lineOfAttribute(current, text, start, first, end);
    } else if (resources && isDeeper(start, first)) {
      put(current, RESOURCES + ".", text, first, end);
    }
  }

  private boolean isDeeper(int start, int first) {
    return attributeIndent != null && first - start > attributeIndent.length();
  }

  private static boolean isIndent(@Nullable String indent, String text, int start, int first) {
    return indent != null && indent.length() == first - start && text.startsWith(indent, start);
  }

  private void lineOfAttribute(QstatJob current, String text, int start, int first, int end) {
    if (first > start && put(current, "", text, first, end)) {
      attributeIndent = text.substring(start, first);
      resources = text.startsWith(RESOURCES + QUOTE, first + 1);
    }
  }

  /** Reads a name in quotes, a colon, and a value, and tells whether they are there. */
  private boolean put(QstatJob job, String prefix, String text, int first, int end) {
    int quote = text.charAt(first) == QUOTE ? text.indexOf(QUOTE, first + 1) : -1;
    if (quote >= end || quote <= first + 1) {
      return false;
    }
    int colon = afterBlanks(text, quote + 1, end);
    if (colon == end || text.charAt(colon) != ':') {
      return false;
    }
    String name = names.find(prefix, text, first + 1, quote);
    if (name != null) {
      job.put(name, value(text.substring(colon + 1, end)));
    }
    return true;
  }

  private void stop() {
    if (job != null) {
      qstat.addUnreadable(job.id());
    }
    if (!ended) {
      qstat.setIncomplete();
    }
  }

  private static String value(String text) {
    String value = text.strip();
    if (value.endsWith(",")) {
      value = value.substring(0, value.length() - 1).strip();
    }
    if (!value.startsWith("\"")) {
      return value;
    }
    int end = value.length() > 1 && value.endsWith("\"") ? value.length() - 1 : value.length();
    String inner = value.substring(1, end);
    return inner.indexOf('\\') < 0 ? inner : ESCAPE.matcher(inner).replaceAll(QstatJson::unescaped);
  }

  private static String unescaped(MatchResult escape) {
    String code = escape.group(1);
    String character =
        switch (code.charAt(0)) {
          case 'n' -> "\n";
          case 't' -> "\t";
          case 'r' -> "\r";
          case 'b', 'f' -> " ";
          case 'u' ->
              code.length() == 1
                  ? code
                  : String.valueOf((char) Integer.parseInt(code.substring(1), 16));
          default -> code;
        };
    return Matcher.quoteReplacement(character);
  }
}
