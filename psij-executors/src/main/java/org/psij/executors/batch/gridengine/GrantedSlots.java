package org.psij.executors.batch.gridengine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a job by host. A job in a parallel environment has a row for its master, and one for
 * each slot, that of the master perhaps left out; a job that waits for an environment is on no host
 * yet, and nobody knows how many it will get.
 */
final class GrantedSlots {
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final Set<String> queues = new LinkedHashSet<>();
  private final boolean isSerial;
  private final boolean isCounted;

  /**
   * Counts slots.
   *
   * @param master the first row of the job
   * @param slaves its other rows
   */
  GrantedSlots(QstatElement master, List<QstatElement> slaves) {
    isSerial = master.text("requested_pe") == null && master.text("granted_pe") == null;
    Integer granted = master.number("granted_pe");
    int missing = (granted == null ? 1 : granted) - slaves.size();
    isCounted = isSerial || (granted != null && (missing == 0 || missing == 1));
    add(master, Math.max(0, missing));
    slaves.forEach(slave -> add(slave, 1));
  }

  private void add(QstatElement row, int count) {
    String instance = row.text("queue_name");
    if (instance != null) {
      int at = instance.indexOf('@');
      queues.add(at < 0 ? instance : instance.substring(0, at));
      if (at >= 0) {
        slots.merge(instance.substring(at + 1), count, Integer::sum);
      }
    }
  }

  Collection<String> queues() {
    return queues;
  }

  Collection<String> hosts() {
    return slots.keySet();
  }

  @Nullable Integer nodeCount() {
    if (slots.isEmpty()) {
      return isSerial ? 1 : null;
    }
    return isCounted ? slots.size() : null;
  }

  @Nullable Integer mostOnOneHost() {
    if (slots.isEmpty()) {
      return isSerial ? 1 : null;
    }
    return isCounted ? Collections.max(slots.values()) : null;
  }
}
