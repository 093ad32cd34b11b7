package org.psij.executors.batch.lsf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;

/**
 * Where a job runs, by the field {@code exec_host}, such as {@code 4*hostA:2*hostB}, or where it
 * may run, by the {@code span} of its resource requirement. What LSF counts are its slots.
 */
final class LsfHosts {
  private static final Pattern PLACE = Pattern.compile("(?:(\\d{1,9})\\*)?([^:*]+)");
  private static final Pattern ONE_HOST = Pattern.compile("span\\[[^\\]]*\\bhosts=1\\b");
  private static final Pattern EACH_HOST =
      Pattern.compile("span\\[[^\\]]*\\bptile='?(\\d{1,9})\\b");

  private LsfHosts() {}

  /**
   * Describes the hosts of a job.
   *
   * @param job the description so far
   * @param hosts the hosts that it runs or ran on
   * @return the description
   */
  static QueuedJob.Builder addTo(QueuedJob.Builder job, String hosts) {
    Map<String, Long> slots = new LinkedHashMap<>();
    for (String text : hosts.split(":", -1)) {
      Matcher place = PLACE.matcher(text.strip());
      if (place.matches()) {
        String count = place.group(1);
        slots.merge(place.group(2), count == null ? 1 : Long.parseLong(count), Long::sum);
      }
    }
    if (slots.isEmpty()) {
      return job;
    }
    long most = slots.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return job.nodes(slots.keySet()).nodeCount(slots.size()).cpusPerNode(number(most));
  }

  /**
   * Describes the hosts that a job asks for.
   *
   * @param job the description so far
   * @param slots how many slots it asks for, or null
   * @param requirement its resource requirement, or null
   * @return the description; without numbers if LSF may spread the job as it likes
   */
  static QueuedJob.Builder addAskedTo(
      QueuedJob.Builder job, @Nullable Integer slots, @Nullable String requirement) {
    String text = requirement == null ? "" : requirement;
    Matcher each = EACH_HOST.matcher(text);
    if (ONE_HOST.matcher(text).find() || (slots != null && slots == 1)) {
      return job.nodeCount(1).cpusPerNode(slots);
    }
    if (slots != null && each.find()) {
      int most = Math.max(1, Integer.parseInt(each.group(1)));
      return job.nodeCount((slots + most - 1) / most).cpusPerNode(Math.min(most, slots));
    }
    return job;
  }

  private static @Nullable Integer number(long count) {
    return count > 0 && count <= Integer.MAX_VALUE ? (int) count : null;
  }
}
