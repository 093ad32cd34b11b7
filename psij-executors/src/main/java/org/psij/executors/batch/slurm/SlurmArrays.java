package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandResult;

/** Job arrays of Slurm, as sbatch(1) and slurm.conf(5) tell. */
final class SlurmArrays implements ArrayDialect {
  /** The highest index is one less than this, so that it is a number of tasks; 0 is no arrays. */
  private static final Pattern LIMIT =
      Pattern.compile("^MaxArraySize\\s*=\\s*([0-9]{1,9})\\s*$", Pattern.MULTILINE);

  /** What MaxArraySize is unless the site has set it. */
  private static final int USUAL_LIMIT = 1001;

  private static final Pattern TASK = Pattern.compile("([1-9][0-9]{0,9})_([0-9]{1,7})");

  @Override
  public List<String> limitCommand() {
    return List.of("scontrol", "show", "config");
  }

  @Override
  public int parseLimit(CommandResult result) {
    return Math.max(1, result.number(LIMIT, "scontrol did not tell MaxArraySize"));
  }

  @Override
  public int usualLimit() {
    return USUAL_LIMIT;
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script, int first, int last) {
    String tasks = first == last ? String.valueOf(first) : first + "-" + last;
    return SlurmScheduler.sbatch("--array=" + tasks, script);
  }

  @Override
  public String taskId(String arrayId, int index) {
    return arrayId + "_" + index;
  }

  @Override
  public @Nullable ArrayTask parse(String nativeId) {
    Matcher task = TASK.matcher(nativeId);
    return task.matches() ? new ArrayTask(task.group(1), Integer.parseInt(task.group(2))) : null;
  }
}
