package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandResult;

/**
 * The arrays of OpenPBS, {@code -J} in qsub(1B): {@code 25[].server} has the tasks {@code
 * 25[0].server}, {@code 25[1].server}. Their size is limited by {@code max_array_size} of the
 * server, which every user may read; a queue may have a lower limit of its own.
 */
final class PbsArrays implements ArrayDialect {
  private static final Pattern TASK = Pattern.compile("(\\d+\\[)(\\d{1,9})(\\].*)");
  private static final Pattern LIMIT =
      Pattern.compile(
          "^\\s*\"?max_array_size\"?\\s*[:=]\\s*\"?([1-9]\\d{0,8})\\b", Pattern.MULTILINE);
  private static final int DEFAULT_LIMIT = 10_000;

  @Override
  public List<String> limitCommand() {
    return List.of("qstat", "-B", "-f", "-F", "json");
  }

  @Override
  public int parseLimit(CommandResult result) {
    return result.number(LIMIT, "PBS does not tell how large arrays may be");
  }

  @Override
  public int usualLimit() {
    return DEFAULT_LIMIT;
  }

  /**
   * {@inheritDoc}
   *
   * <p>qsub takes no range that ends where it begins: a single task is a range of two of which the
   * second is stepped over.
   */
  @Override
  public List<String> submitCommand(BatchJob job, String script, int first, int last) {
    String range = first == last ? first + "-" + (first + 1) + ":2" : first + "-" + last;
    return List.of("qsub", "-J", range, script);
  }

  @Override
  public String taskId(String arrayId, int index) {
    return arrayId.replace("[]", "[" + index + "]");
  }

  @Override
  public @Nullable ArrayTask parse(String nativeId) {
    Matcher task = TASK.matcher(nativeId);
    return Answers.ID.matcher(nativeId).matches() && task.matches()
        ? new ArrayTask(task.group(1) + task.group(3), Integer.parseInt(task.group(2)))
        : null;
  }
}
