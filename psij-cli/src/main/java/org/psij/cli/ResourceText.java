package org.psij.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;

/** Resources for people. */
final class ResourceText {
  private static final double GIBIBYTE = 1L << 30;

  private ResourceText() {}

  static List<String> lines(String executor, ResourceSummary summary) {
    List<String> lines = new ArrayList<>();
    lines.add("executor       " + executor);
    lines.add("time           " + summary.getTime().truncatedTo(ChronoUnit.SECONDS));
    lines.add("architectures  " + orDash(String.join(", ", summary.getArchitectures())));
    lines.add("cores          " + free(summary.getFreeCores(), summary.getTotalCores()));
    lines.add("slots          " + free(summary.getFreeSlots(), summary.getTotalSlots()));
    lines.add("memory         " + memory(summary.getTotalMemory()));
    lines.add("own jobs       " + jobs(summary.getOwnRunningJobs(), summary.getOwnQueuedJobs()));
    lines.add("all jobs       " + jobs(summary.getRunningJobs(), summary.getQueuedJobs()));
    if (!summary.getQueues().isEmpty()) {
      lines.add("");
      lines.addAll(table(summary.getQueues()));
    }
    return lines;
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String free(@Nullable Integer free, @Nullable Integer total) {
    return number(free) + " free of " + number(total);
  }

  private static String jobs(@Nullable Integer running, @Nullable Integer queued) {
    return number(running) + " running, " + number(queued) + " queued";
  }

  private static List<String> table(List<QueueSummary> queues) {
    TextTable table =
        new TextTable(
            "QUEUE",
            "STATE",
            "FREE",
            "CORES",
            "RUNNING",
            "QUEUED",
            "NODE CORES",
            "NODE MEMORY",
            "PER CORE",
            "MAX NODES",
            "MAX CORES",
            "MAX WALLTIME");
    for (QueueSummary queue : queues) {
      LargestJob largest = queue.getLargestJob();
      table.add(
          queue.getName() + (queue.isDefaultQueue() ? "*" : ""),
          !queue.isOpen() ? "closed" : queue.isStarted() ? "open" : "stopped",
          number(queue.getFreeCores()),
          number(queue.getTotalCores()),
          number(queue.getRunningJobs()),
          number(queue.getQueuedJobs()),
          number(queue.getLargestNodeCores()),
          memory(queue.getLargestNodeMemory()),
          memory(queue.getMemoryPerCore()),
          number(largest.getNodes()),
          number(largest.getCores()),
          time(largest.getWalltime()));
    }
    return table.lines();
  }

  private static String number(@Nullable Integer number) {
    return number == null ? "-" : number.toString();
  }

  private static String memory(@Nullable Long bytes) {
    return bytes == null ? "-" : String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }

  private static String time(@Nullable Duration time) {
    return time == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            time.toHours(),
            time.toMinutesPart(),
            time.toSecondsPart());
  }
}
