package org.psij.executors.batch.gridengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** A queue as {@code qconf -sq} describes it, see queue_conf(5). Immutable. */
final class QueueConfiguration {
  private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
  private static final Pattern LINE = Pattern.compile("(\\w+)\\s+(\\S.*)");
  private static final Pattern TIME =
      Pattern.compile("(?:([0-9]{1,7}):)?([0-9]{1,9}):([0-9]{1,2})");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private final Map<String, String> values;

  private QueueConfiguration(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the descriptions of all queues. */
  static List<QueueConfiguration> parse(CommandResult result) {
    if (result.exitCode() != 0) {
      throw new CommandException("Grid Engine did not show its queues", result);
    }
    List<QueueConfiguration> queues = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : CONTINUED.matcher(result.stdout()).replaceAll("").split("\n", -1)) {
      Matcher field = LINE.matcher(line.strip());
      if (field.matches() && field.group(1).equals("qname")) {
        values = new LinkedHashMap<>();
        queues.add(new QueueConfiguration(values));
      }
      if (field.matches()) {
        values.put(field.group(1), field.group(2));
      }
    }
    return queues;
  }

  String name() {
    return text("qname");
  }

  /** Tells whether jobs that no user sits before can be submitted to it. */
  boolean takesBatchJobs() {
    return text("qtype").contains("BATCH") || !text("pe_list").startsWith("NONE");
  }

  /** Gives the longest walltime on any of its hosts, or null if there is no limit. */
  @Nullable Duration longestWalltime() {
    Duration longest = Duration.ZERO;
    for (String value : text("h_rt").split("[,\\[\\]]+", -1)) {
      String limit = value.substring(value.indexOf('=') + 1).strip();
      if (!limit.isEmpty()) {
        Duration time = time(limit);
        if (time == null) {
          return null;
        }
        longest = time.compareTo(longest) > 0 ? time : longest;
      }
    }
    return longest.isZero() ? null : longest;
  }

  private static @Nullable Duration time(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    long hours = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
    return Duration.ofHours(hours)
        .plusMinutes(Long.parseLong(time.group(2)))
        .plusSeconds(Long.parseLong(time.group(3)));
  }

  private String text(String name) {
    return values.getOrDefault(name, "");
  }
}
