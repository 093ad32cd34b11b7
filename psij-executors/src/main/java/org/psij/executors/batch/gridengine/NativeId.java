package org.psij.executors.batch.gridengine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a job, such as {@code 7}, or of a task of an array, such as {@code 7.3}.
 *
 * @param job the number of the job
 * @param task the number of the task, or null if the job is not an array
 */
record NativeId(String job, @Nullable String task) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,18}))?");

  /** Reads an id; null if it is none. The commands would take it for a pattern of names then. */
  static @Nullable NativeId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? new NativeId(matcher.group(1), matcher.group(2)) : null;
  }

  @Override
  public String toString() {
    return task == null ? job : job + "." + task;
  }
}
