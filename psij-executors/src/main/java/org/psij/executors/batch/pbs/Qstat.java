package org.psij.executors.batch.pbs;

import java.util.HashSet;
import java.util.Iterator;
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
   * @param job its attributes
   */
  void add(QstatJob job) {
    jobs.put(job.id(), job);
  }

  /**
   * Takes a job out.
   *
   * @return the first job, or null if there is none
   */
  @Nullable QstatJob poll() {
    Iterator<QstatJob> all = jobs.values().iterator();
    if (!all.hasNext()) {
      return null;
    }
    QstatJob first = all.next();
    all.remove();
    return first;
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
          inherit(job);
          NativeStatus status = meaning.apply(job);
          if (status != null) {
            statuses.put(id, status);
          } else if (isUnreadable(job)) {
            unknown.add(id);
          }
        });
    nameByNumber(asked, statuses, unknown);
    unknown.removeAll(statuses.keySet());
    return StatusListing.of(statuses, unknown, complete);
  }

  /** Only the array tells with which arguments its tasks were submitted. */
  private void inherit(QstatJob job) {
    String arrayId = job.get("array_id");
    QstatJob array = arrayId == null ? null : jobs.get(arrayId);
    String arguments = array == null ? null : array.get(JobStates.ARGUMENTS);
    if (arguments != null) {
      job.put(JobStates.ARGUMENTS, arguments);
    }
  }

  private static void nameByNumber(
      List<String> asked, Map<String, NativeStatus> statuses, Set<String> unknown) {
    Set<String> numbers = new HashSet<>(asked);
    numbers.removeIf(id -> id.indexOf('.') >= 0);
    if (!numbers.isEmpty()) {
      for (String id : List.copyOf(statuses.keySet())) {
        String number = number(id);
        if (numbers.contains(number)) {
          statuses.putIfAbsent(number, statuses.get(id));
        }
      }
      List.copyOf(unknown).stream()
          .map(Qstat::number)
          .filter(numbers::contains)
          .forEach(unknown::add);
    }
  }

  private static String number(String id) {
    int dot = id.indexOf('.');
    return dot < 0 ? id : id.substring(0, dot);
  }

  private static boolean isUnreadable(QstatJob job) {
    String state = job.get("job_state");
    return state == null || state.isEmpty();
  }
}
