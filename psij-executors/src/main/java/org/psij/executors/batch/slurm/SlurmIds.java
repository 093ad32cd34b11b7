package org.psij.executors.batch.slurm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of jobs: {@code 12}, {@code 12_3} of an array, {@code 12+1} of a heterogeneous job. */
final class SlurmIds {
  /** An array may have four million tasks; squeue has been seen to crash at a thousand million. */
  private static final int MOST_DIGITS_OF_A_TASK = 7;

  private static final Pattern TASKS =
      Pattern.compile("([1-9][0-9]{0,9})_\\[([^\\]%]*)(?:%[0-9]*)?\\]");
  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7}))?(?::([0-9]{1,7}))?");
  private static final int MOST_TASKS = 200_000;

  private SlurmIds() {}

  /**
   * Tells whether squeue and sacct can be asked for an id.
   *
   * @param text what may be an id
   * @return false if they would refuse it, and everything that they are asked together with it
   */
  static boolean isId(String text) {
    int end = endOfDigits(text, 0);
    if (end == 0 || end > 10 || text.charAt(0) == '0' || !isJob(text, end)) {
      return false;
    }
    return end == text.length()
        || ((text.charAt(end) == '_' || text.charAt(end) == '+') && isTask(text, end + 1));
  }

  private static boolean isJob(String text, int end) {
    return end < 10 || Long.parseLong(text, 0, end, 10) <= Integer.MAX_VALUE;
  }

  private static boolean isTask(String text, int start) {
    int digits = endOfDigits(text, start) - start;
    return digits >= 1 && digits <= MOST_DIGITS_OF_A_TASK && start + digits == text.length();
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /**
   * Joins ids for the option {@code -j}. One that cannot be an id would have all others refused,
   * and is left out unless there is no other.
   *
   * @param ids at least one
   * @return the value of the option
   */
  static String joined(List<String> ids) {
    List<String> readable = ids.stream().filter(SlurmIds::isId).toList();
    return String.join(",", readable.isEmpty() ? ids.subList(0, 1) : readable);
  }

  /**
   * Joins ids for the option {@code -j} of squeue. Of an array with several of them the id of the
   * array stands for all: each id makes squeue look through all jobs once more.
   *
   * @param ids at least one
   * @return the value of the option
   */
  static String joinedByArray(List<String> ids) {
    Map<String, Integer> tasks = new HashMap<>();
    ids.forEach(id -> tasks.merge(array(id), 1, Integer::sum));
    return joined(
        ids.stream()
            .map(id -> tasks.getOrDefault(array(id), 1) > 1 ? array(id) : id)
            .distinct()
            .toList());
  }

  private static String array(String id) {
    return id.replaceFirst("_[0-9]+$", "");
  }

  /**
   * Joins the ids of whole jobs for the option {@code -j} of sacct, which does not find a task that
   * was cancelled before it was started, nor a component of a heterogeneous job, by its own id.
   *
   * @param ids at least one
   * @return the value of the option
   */
  static String joinedWholes(List<String> ids) {
    return joined(ids.stream().map(id -> id.replaceFirst("[_+][0-9]+$", "")).distinct().toList());
  }

  /**
   * Names the job of which another is a part.
   *
   * @param id the id of a task of an array, or of a component of a heterogeneous job
   * @return the number of the array or the job; the id itself for any other job
   */
  static String whole(String id) {
    int end = endOfDigits(id, 0);
    return end == id.length() ? id : id.substring(0, end);
  }

  /**
   * Lists the ids that are meant by what stands in the first column.
   *
   * @param text an id, or several tasks of an array such as {@code 12_[0-2,5,8-16:4%2]}
   * @param others how many ids the same listing has told already
   * @return the ids; none if the text cannot be read, as where Slurm has shortened it, or if a
   *     listing would tell more ids than this machine may be able to hold
   */
  static List<String> expanded(String text, int others) {
    if (isId(text)) {
      return List.of(text);
    }
    Matcher tasks = TASKS.matcher(text);
    return tasks.matches() ? expanded(tasks.group(1), tasks.group(2), others) : List.of();
  }

  private static List<String> expanded(String array, String ranges, int others) {
    List<String> ids = new ArrayList<>();
    for (String part : ranges.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        return List.of();
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
      if (step == 0 || others + ids.size() + (last - first) / step >= MOST_TASKS) {
        return List.of();
      }
      for (int task = first; task <= last; task += step) {
        ids.add(array + "_" + task);
      }
    }
    return ids;
  }
}
