package org.psij.executors.batch.lsf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NodeSums;

/**
 * A host: its slots as {@code bhosts -w} tells them, and what it is, as {@code lshosts -w} does, by
 * the manual pages bhosts(1) and lshosts(1). Not safe for use by several threads.
 */
final class LsfHost {
  private static final int NJOBS = 4;
  private static final int MAX = 3;
  private static final int COLUMNS_OF_BHOSTS = 9;
  private static final int MAXMEM = 5;
  private static final int NCPUS = 4;
  private static final int COLUMNS_OF_LSHOSTS = 6;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]))?([KMGTP])");
  private static final String UNITS = "KMGTP";

  private final boolean usable;
  private final @Nullable Integer slots;
  private final int used;
  private @Nullable String type;
  private @Nullable Integer cores;
  private @Nullable Long memory;

  private LsfHost(List<String> columns) {
    usable = columns.get(1).equals("ok");
    slots = number(columns.get(MAX));
    Integer told = number(columns.get(NJOBS));
    used = told == null ? 0 : told;
  }

  /** Reads the hosts that run jobs, by name. */
  static Map<String, LsfHost> parse(CommandResult bhosts, CommandResult lshosts) {
    Map<String, LsfHost> hosts = new LinkedHashMap<>();
    for (String line : bhosts.wholeLines()) {
      List<String> columns = List.of(line.strip().split("\\s+", -1));
      if (columns.size() >= COLUMNS_OF_BHOSTS && !columns.get(0).equals("HOST_NAME")) {
        hosts.put(columns.get(0), new LsfHost(columns));
      }
    }
    for (String line : lshosts.wholeLines()) {
      List<String> columns = List.of(line.strip().split("\\s+", -1));
      LsfHost host = hosts.get(columns.get(0));
      if (host != null && columns.size() >= COLUMNS_OF_LSHOSTS) {
        host.describe(columns);
      }
    }
    return hosts;
  }

  private void describe(List<String> columns) {
    type = columns.get(1);
    cores = number(columns.get(NCPUS));
    memory = size(columns.get(MAXMEM));
  }

  private static @Nullable Integer number(String text) {
    return NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** Reads a size that was rounded; it is the largest that would be written so. */
  private static @Nullable Long size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return null;
    }
    long unit = 1L << (10 * (UNITS.indexOf(size.group(3)) + 1));
    long tenths = size.group(2) == null ? 0 : Long.parseLong(size.group(2));
    long rounding = size.group(2) == null ? unit / 2 : unit / 20;
    return Long.parseLong(size.group(1)) * unit + tenths * unit / 10 + rounding;
  }

  /** Names what LSF calls the type of the host, or null if nobody tells. */
  @Nullable String type() {
    return type;
  }

  void addCoresTo(NodeSums sums) {
    Integer free = cores == null ? null : usable ? Integer.valueOf(Math.max(0, cores - used)) : 0;
    sums.add(cores, free, memory, null);
  }

  /** Adds the slots; a host without a limit has as many as jobs want. */
  void addSlotsTo(NodeSums sums) {
    Integer free = slots == null ? null : usable ? Integer.valueOf(Math.max(0, slots - used)) : 0;
    sums.add(slots, free, memory, null);
  }
}
