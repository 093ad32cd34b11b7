package org.psij.executors.batch.pbs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.NodeSums;

/**
 * A node as {@code pbsnodes -a} of Torque or of Slurm describes it. Torque lists the jobs on each
 * core; Slurm only tells whether all, some or none of them are taken. Immutable.
 */
final class TorqueNode {
  /** {@code 0/12.server}, or {@code 0-3,5/12.server}. */
  private static final Pattern CORES_OF_JOB = Pattern.compile("([0-9,-]+)/[^,\\s]+");

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})-([0-9]{1,6})");

  private final AttributeBlocks.Block node;
  private final Map<String, String> status = new HashMap<>();

  TorqueNode(AttributeBlocks.Block node) {
    this.node = node;
    for (String value : node.text("status", "").split(",", -1)) {
      int equals = value.indexOf('=');
      if (equals > 0) {
        status.put(value.substring(0, equals), value.substring(equals + 1));
      }
    }
  }

  /** Slurm tells it as it is, Torque as the last word of uname(1). */
  @Nullable String architecture() {
    String uname = status.get("uname");
    return uname == null ? status.get("arch") : uname.substring(uname.lastIndexOf(' ') + 1);
  }

  void addTo(NodeSums sums) {
    Integer cores = node.number("np");
    sums.add(cores, cores == null ? null : freeCores(cores), memory(), node.number("gpus"));
  }

  private @Nullable Integer freeCores(int cores) {
    String state = node.text("state", "");
    if (state.equals("mixed")) {
      return null;
    }
    boolean free = Stream.of(state.split("[, ]+", -1)).allMatch("free"::equals);
    return free ? Math.max(0, cores - usedCores()) : 0;
  }

  private int usedCores() {
    int used = 0;
    Matcher job = CORES_OF_JOB.matcher(node.text("jobs", "").replace(" ", ""));
    while (job.find()) {
      for (String part : job.group(1).split(",", -1)) {
        Matcher range = RANGE.matcher(part);
        used +=
            range.matches()
                ? Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1)) + 1
                : part.isEmpty() ? 0 : 1;
      }
    }
    return used;
  }

  private @Nullable Long memory() {
    boolean ofSlurm = status.containsKey("slurmstate");
    return PbsValue.size(status.get(ofSlurm ? "availmem" : "physmem"));
  }
}
