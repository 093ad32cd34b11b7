package org.psij.executors.batch.pbs;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/** What a reader has found in the output of {@code qstat}. Not safe for use by several threads. */
final class Qstat {
  private final Map<String, QstatJob> jobs = new LinkedHashMap<>();
  private final Set<String> unreadable = new LinkedHashSet<>();
  private boolean complete = true;

  /**
   * Keeps a job that was printed to its end.
   *
   * @param id its id
   * @param job its attributes
   */
  void add(String id, QstatJob job) {
    jobs.put(id, job);
  }

  /**
   * Notes a job of which only the id can be read.
   *
   * @param id its id
   */
  void addUnreadable(String id) {
    unreadable.add(id);
  }

  /** Notes that there may be jobs that nobody can see. */
  void setIncomplete() {
    complete = false;
  }

  /**
   * Tells whether no job was found at all.
   *
   * @return true if none was
   */
  boolean isEmpty() {
    return jobs.isEmpty() && unreadable.isEmpty();
  }

  /**
   * Tells what the jobs are doing.
   *
   * @param asked the ids that were asked for; a bare number gets the job that has it
   * @param meaning reads the status of a job, null if it has none, or has left the queue and nobody
   *     knows how it ended
   * @return the listing
   */
  StatusListing read(List<String> asked, Function<QstatJob, @Nullable NativeStatus> meaning) {
    Map<String, NativeStatus> statuses = new LinkedHashMap<>();
    Set<String> unknown = new HashSet<>(unreadable);
    jobs.forEach(
        (id, job) -> {
          NativeStatus status = meaning.apply(job);
          if (status != null) {
            statuses.put(id, status);
          } else if (isUnreadable(job)) {
            unknown.add(id);
          }
        });
    asked.stream()
        .filter(id -> id.indexOf('.') < 0)
        .forEach(number -> nameByNumber(number, statuses, unknown));
    unknown.removeAll(statuses.keySet());
    return StatusListing.of(statuses, unknown, complete);
  }

  private static void nameByNumber(
      String number, Map<String, NativeStatus> statuses, Set<String> unknown) {
    Predicate<String> isFullId = id -> id.startsWith(number + ".");
    statuses.keySet().stream()
        .filter(isFullId)
        .findFirst()
        .ifPresent(id -> statuses.put(number, statuses.get(id)));
    if (unknown.stream().anyMatch(isFullId)) {
      unknown.add(number);
    }
  }

  private static boolean isUnreadable(QstatJob job) {
    String state = job.get("job_state");
    return state == null || state.isEmpty();
  }
}
