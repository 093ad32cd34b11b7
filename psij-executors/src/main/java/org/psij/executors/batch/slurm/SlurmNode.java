package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.NodeSums;

/** A node as {@code scontrol show node} describes it. Immutable. */
final class SlurmNode {
  /** Where the administrator has not said how much memory a node has, Slurm counts with so much. */
  private static final long UNTOLD_MEMORY = 1L << 20;

  /** Sockets are named in parentheses, a type between the name and the number. */
  private static final Pattern GPUS =
      Pattern.compile("(?:^|,)gpu(?::[^,:]+)??(?::([0-9]{1,6}))?(?=,|$)");

  private final ScontrolRecord fields;
  private final Integer cpus;

  private SlurmNode(ScontrolRecord fields, Integer cpus) {
    this.fields = fields;
    this.cpus = cpus;
  }

  /** Reads a line, or gives null if it describes no node. */
  static @Nullable SlurmNode parse(String line) {
    ScontrolRecord fields = new ScontrolRecord(line);
    Integer cpus = fields.number("CPUTot");
    return fields.text("NodeName") == null || cpus == null ? null : new SlurmNode(fields, cpus);
  }

  List<String> partitions() {
    return fields.list("Partitions");
  }

  @Nullable String architecture() {
    return fields.text("Arch");
  }

  void addTo(NodeSums sums) {
    sums.add(cpus, freeCpus(), memory(), gpus());
  }

  /** As sinfo(1) counts idle CPUs. */
  private @Nullable Integer freeCpus() {
    List<String> states = List.of(String.valueOf(fields.text("State")).split("[+*~#!%$@^-]", -1));
    if (states.contains("DOWN") || states.contains("DRAIN") || states.contains("FUTURE")) {
      return 0;
    }
    Integer allocated = fields.number("CPUAlloc");
    return allocated == null ? null : Integer.valueOf(Math.max(0, cpus - allocated));
  }

  private @Nullable Long memory() {
    Long memory = fields.memory("RealMemory");
    return memory == null || memory <= UNTOLD_MEMORY ? null : memory;
  }

  private int gpus() {
    String resources = String.valueOf(fields.text("Gres")).replaceAll("\\([^)]*\\)", "");
    Matcher found = GPUS.matcher(resources);
    int gpus = 0;
    while (found.find()) {
      gpus += found.group(1) == null ? 1 : Integer.parseInt(found.group(1));
    }
    return gpus;
  }
}
