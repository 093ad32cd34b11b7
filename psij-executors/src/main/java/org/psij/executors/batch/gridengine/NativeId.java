package org.psij.executors.batch.gridengine;

import org.jspecify.annotations.Nullable;

/**
 * The id of a job, such as {@code 7}, or of a task of an array, such as {@code 7.3}.
 *
 * @param job the number of the job
 * @param task the number of the task, or null if the job is not an array
 */
record NativeId(String job, @Nullable String task) {
  private static final int MOST_DIGITS = 18;

  /** Reads an id; null if it is none. The commands would take it for a pattern of names then. */
  static @Nullable NativeId parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return isNumber(text) ? new NativeId(text, null) : null;
    }
    String job = text.substring(0, dot);
    String task = text.substring(dot + 1);
    return isNumber(job) && isNumber(task) ? new NativeId(job, task) : null;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  @Override
  public String toString() {
    return task == null ? job : job + "." + task;
  }
}
