package org.psij.executors.batch.lsf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A queue as {@code bqueues -l} describes it, by the manual page bqueues(1). Immutable. */
final class BqueuesEntry {
  private static final Pattern START = Pattern.compile("(?m)^QUEUE:\\s+(\\S+)\\s*$");
  private static final Pattern DEFAULT =
      Pattern.compile("This is (?:the default queue|one of the default queues)\\.");
  private static final Pattern STATUS = Pattern.compile("\\b(Open|Closed):(Active|Inact\\w*)");
  private static final Pattern MAXIMUM = Pattern.compile("(?m)^\\s*MAXIMUM LIMITS:");
  private static final Pattern DEFAULTS = Pattern.compile("(?m)^\\s*DEFAULT LIMITS:");

  /** The limit of a queue with the name of a host is for the speed of that host. */
  private static final Pattern RUN_LIMIT =
      Pattern.compile("(?m)^\\s*RUNLIMIT\\s*\\n\\s*([0-9]{1,9})(?:\\.([0-9]))?\\s+min\\s*$");

  private static final Pattern TASK_LIMIT =
      Pattern.compile("(?m)^\\s*(?:TASKLIMIT|PROCLIMIT)\\s*\\n[ \\t0-9]*?([0-9]{1,9})\\s*$");
  private static final Pattern HOSTS = Pattern.compile("(?m)^HOSTS:\\s+(\\S.*)$");

  private final String name;
  private final String text;

  private BqueuesEntry(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** Reads the descriptions of all queues. */
  static List<BqueuesEntry> parse(String output) {
    List<BqueuesEntry> queues = new ArrayList<>();
    Matcher start = START.matcher(output);
    boolean found = start.find();
    while (found) {
      String name = start.group(1);
      int from = start.end();
      found = start.find();
      queues.add(
          new BqueuesEntry(name, output.substring(from, found ? start.start() : output.length())));
    }
    return queues;
  }

  String name() {
    return name;
  }

  boolean isDefault() {
    return DEFAULT.matcher(text).find();
  }

  boolean isOpen() {
    Matcher status = STATUS.matcher(text);
    return !status.find() || status.group(1).equals("Open");
  }

  boolean isActive() {
    Matcher status = STATUS.matcher(text);
    return !status.find() || status.group(2).equals("Active");
  }

  @Nullable Duration longestWalltime() {
    return walltime(maximumLimits());
  }

  @Nullable Duration defaultWalltime() {
    Matcher start = DEFAULTS.matcher(text);
    Matcher end = MAXIMUM.matcher(text);
    return start.find()
        ? walltime(text.substring(start.end(), end.find(start.end()) ? end.start() : text.length()))
        : null;
  }

  private static @Nullable Duration walltime(String limits) {
    Matcher limit = RUN_LIMIT.matcher(limits);
    if (!limit.find()) {
      return null;
    }
    long tenths = limit.group(2) == null ? 0 : Long.parseLong(limit.group(2));
    return Duration.ofMinutes(Long.parseLong(limit.group(1))).plusSeconds(6 * tenths);
  }

  /** Gives the most tasks of a job; the numbers before it are the fewest, and the usual one. */
  @Nullable Integer mostTasks() {
    Matcher limit = TASK_LIMIT.matcher(maximumLimits());
    return limit.find() ? Integer.valueOf(limit.group(1)) : null;
  }

  private String maximumLimits() {
    Matcher start = MAXIMUM.matcher(text);
    return start.find() ? text.substring(start.end()) : text;
  }

  /** Names hosts and groups of them, without their preferences; none if all hosts serve it. */
  List<String> hosts() {
    Matcher hosts = HOSTS.matcher(text);
    if (!hosts.find() || hosts.group(1).strip().startsWith("all")) {
      return List.of();
    }
    return Stream.of(hosts.group(1).strip().split("\\s+", -1))
        .map(host -> host.replaceFirst("\\+[0-9]+$", ""))
        .toList();
  }
}
