package org.psij.executors.batch.pbs;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
          } else if (job.get("job_state") == null) {
            unknown.add(id);
          }
        });
    for (String id : asked) {
      if (id.indexOf('.') < 0) {
        copy(statuses, id);
        unknown.stream()
            .filter(full -> full.startsWith(id + "."))
            .toList()
            .forEach(f -> unknown.add(id));
      }
    }
    unknown.removeAll(statuses.keySet());
    return StatusListing.of(statuses, unknown, complete);
  }

  private static void copy(Map<String, NativeStatus> statuses, String number) {
    for (Map.Entry<String, NativeStatus> entry : List.copyOf(statuses.entrySet())) {
      if (entry.getKey().startsWith(number + ".")) {
        statuses.putIfAbsent(number, entry.getValue());
      }
    }
  }
}
