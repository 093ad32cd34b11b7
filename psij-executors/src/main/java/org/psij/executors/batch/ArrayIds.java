package org.psij.executors.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short lists of ids: a thousand tasks of one array are asked for by the one id of the array. */
public final class ArrayIds {
  private ArrayIds() {}

  /**
   * Puts the id of an array in the place of its tasks.
   *
   * @param nativeIds ids of jobs and of tasks
   * @param arrays tells them apart
   * @param few how many tasks of one array keep their own ids, because the answer for the array
   *     would hold all the others, too
   * @return the ids to ask for, each once, in the order of their first tasks
   */
  public static List<String> gathered(List<String> nativeIds, ArrayDialect arrays, int few) {
    Map<String, Integer> tasks = new HashMap<>();
    for (String id : nativeIds) {
      ArrayTask task = arrays.parse(id);
      if (task != null) {
        tasks.merge(task.arrayId(), 1, Integer::sum);
      }
    }
    return nativeIds.stream()
        .map(id -> gathered(id, arrays.parse(id), tasks, few))
        .distinct()
        .toList();
  }

  private static String gathered(
      String id, @Nullable ArrayTask task, Map<String, Integer> tasks, int few) {
    return task != null && tasks.getOrDefault(task.arrayId(), 0) > few ? task.arrayId() : id;
  }
}
