package org.psij.executors.batch.lsf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandResult;

/**
 * The arrays of LSF, {@code -J "name[1-5]"} in bsub(1): task 0 of the library is {@code 123[1]}.
 * The highest index is limited by {@code MAX_JOB_ARRAY_SIZE} in lsb.params(5). Not yet run on a
 * real LSF.
 */
final class LsfArrays implements ArrayDialect {
  private static final Pattern TASK = Pattern.compile("([1-9]\\d*)\\[([1-9]\\d{0,8})\\]");
  private static final Pattern LIMIT =
      Pattern.compile("^\\s*MAX_JOB_ARRAY_SIZE\\s*=\\s*([1-9]\\d{0,8})\\b", Pattern.MULTILINE);
  private static final int DEFAULT_LIMIT = 1000;

  private final LsfScheduler scheduler;

  LsfArrays(LsfScheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public List<String> limitCommand() {
    return List.of("bparams", "-a");
  }

  @Override
  public int parseLimit(CommandResult result) {
    return result.number(LIMIT, "LSF does not tell how large arrays may be");
  }

  @Override
  public int usualLimit() {
    return DEFAULT_LIMIT;
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script, int first, int last) {
    String range =
        first == last ? "[" + (first + 1) + "]" : "[" + (first + 1) + "-" + (last + 1) + "]";
    return scheduler.submitCommand(LsfOptions.ofArray(job, scheduler, range), script);
  }

  @Override
  public String taskId(String arrayId, int index) {
    return arrayId + "[" + (index + 1) + "]";
  }

  @Override
  public @Nullable ArrayTask parse(String nativeId) {
    Matcher task = TASK.matcher(nativeId);
    return task.matches()
        ? new ArrayTask(task.group(1), Integer.parseInt(task.group(2)) - 1)
        : null;
  }
}
