package org.psij.executors.batch;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.JobDirectory;

/**
 * Which scripts the jobs of this user run, by which a job is recognised of which nobody knows
 * whether it was submitted.
 *
 * @param scripts texts in which the path of the script can be found, by native id
 * @param nativeIds tells what is the id of a task
 */
record Marks(Map<String, String> scripts, NativeIds nativeIds) {
  /** The id under which the scheduler has a job, or null if it does not have it. */
  @Nullable String find(JobDirectory place) {
    Integer index = place.task();
    return submissions(place)
        .filter(id -> index == null || isTask(id, index))
        .findFirst()
        .orElse(null);
  }

  /** The id under which the scheduler has an array, or null if it has no task of it. */
  @Nullable String findArray(JobDirectory array) {
    return submissions(array)
        .map(nativeIds::task)
        .filter(Objects::nonNull)
        .map(ArrayTask::arrayId)
        .findFirst()
        .orElse(null);
  }

  private Stream<String> submissions(JobDirectory place) {
    String name = String.valueOf(place.shared().getFileName());
    return scripts.entrySet().stream()
        .filter(mark -> mark.getValue().contains(name))
        .map(Map.Entry::getKey);
  }

  private boolean isTask(String nativeId, int index) {
    ArrayTask task = nativeIds.task(nativeId);
    return task != null && task.index() == index;
  }
}
