package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tasks of an array as qstat(1) writes them: {@code 2}, {@code 1,3,4}, {@code 1,5-9:2}. */
final class TaskList {
  /** More tasks than an array has by default (max_aj_tasks in sge_conf(5)). */
  private static final int MOST = 200_000;

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9})(?::([0-9]{1,9}))?)?");

  private TaskList() {}

  /**
   * Lists the numbers.
   *
   * @param text the list as qstat writes it
   * @param others how many tasks the same listing has told already
   * @return the numbers, or null if the text is no list of tasks, or if a listing would tell more
   *     tasks than this machine may be able to hold
   */
  static @Nullable List<Integer> parse(String text, int others) {
    List<Integer> tasks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches() || !add(matcher, tasks, others)) {
        return null;
      }
    }
    return tasks;
  }

  private static boolean add(Matcher range, List<Integer> tasks, int others) {
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
    if (step == 0 || others + tasks.size() + (last - first) / step >= MOST) {
      return false;
    }
    for (int task = first; task <= last; task += step) {
      tasks.add(task);
    }
    return true;
  }
}
