package org.psij.executors.batch.slurm;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code scontrol --oneliner show}, see scontrol(1): fields {@code Name=value}, of which
 * those with free text, such as the reason why a node is down, are the last. Immutable.
 */
final class ScontrolRecord {
  private static final Set<String> NOTHING = Set.of("(null)", "N/A", "NONE", "UNLIMITED");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern TIME =
      Pattern.compile("(?:([0-9]{1,6})-)?([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})");

  private final String line;

  ScontrolRecord(String line) {
    this.line = " " + line;
  }

  /** Gives the value of a field, or null if it has none. */
  @Nullable String text(String name) {
    String start = " " + name + "=";
    int at = line.indexOf(start);
    if (at < 0) {
      return null;
    }
    int from = at + start.length();
    int end = line.indexOf(' ', from);
    String value = end < 0 ? line.substring(from) : line.substring(from, end);
    return value.isEmpty() || NOTHING.contains(value) ? null : value;
  }

  /** Gives the values of a field that are separated by commas. */
  List<String> list(String name) {
    String text = text(name);
    return text == null ? List.of() : List.of(text.split(",", -1));
  }

  @Nullable Integer number(String name) {
    String text = text(name);
    return text != null && NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** Reads an amount of memory, which Slurm counts in mebibytes, in bytes. */
  @Nullable Long memory(String name) {
    Integer mebibytes = number(name);
    return mebibytes == null ? null : Long.valueOf(mebibytes.longValue() << 20);
  }

  @Nullable Duration time(String name) {
    String text = text(name);
    Matcher time = TIME.matcher(text == null ? "" : text);
    if (!time.matches()) {
      return null;
    }
    long days = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
    return Duration.ofDays(days)
        .plusHours(Long.parseLong(time.group(2)))
        .plusMinutes(Long.parseLong(time.group(3)))
        .plusSeconds(Long.parseLong(time.group(4)));
  }
}
