package org.psij.executors.batch.gridengine;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandResult;

/**
 * The arrays of Grid Engine, {@code -t} in qsub(1): task 0 of the library is {@code 7.1}. Their
 * size is limited by {@code max_aj_tasks} in sge_conf(5), where 0 is no limit.
 */
final class GridEngineArrays implements ArrayDialect {
  private static final Pattern LIMIT =
      Pattern.compile("^max_aj_tasks\\s+([0-9]{1,9})\\s*$", Pattern.MULTILINE);
  private static final int DEFAULT_LIMIT = 75_000;

  private final GridEngineScheduler scheduler;

  GridEngineArrays(GridEngineScheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public List<String> limitCommand() {
    return List.of("qconf", "-sconf");
  }

  @Override
  public int parseLimit(CommandResult result) {
    int tasks = result.number(LIMIT, "Grid Engine does not tell how large arrays may be");
    return tasks == 0 ? DEFAULT_LIMIT : tasks;
  }

  @Override
  public int usualLimit() {
    return DEFAULT_LIMIT;
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script, int first, int last) {
    List<String> command = scheduler.options(job);
    command.addAll(List.of("-t", (first + 1) + "-" + (last + 1), script));
    return command;
  }

  @Override
  public String taskId(String arrayId, int index) {
    return arrayId + "." + (index + 1);
  }

  @Override
  public @Nullable ArrayTask parse(String nativeId) {
    NativeId id = NativeId.parse(nativeId);
    String task = id == null ? null : id.task();
    return id == null || task == null || !task.matches("[1-9][0-9]{0,8}")
        ? null
        : new ArrayTask(id.job(), Integer.parseInt(task) - 1);
  }
}
