package org.psij.executors.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/**
 * How a scheduler runs many jobs as one array. Pure functions, as in {@link BatchScheduler}.
 * Indexes count from 0, however the scheduler counts.
 *
 * <p>The commands of a {@link BatchScheduler} that has arrays take the ids of tasks as well as
 * those of jobs; they may ask for the array as a whole, and the answer then holds each of its tasks
 * that the scheduler knows, under the id of the task.
 */
public interface ArrayDialect {
  /**
   * Says how to ask how many tasks an array may have.
   *
   * @return the command
   */
  List<String> limitCommand();

  /**
   * Reads how many tasks an array may have.
   *
   * @param result what the {@link #limitCommand} printed and returned
   * @return the number, at least 1
   * @throws CommandException if it cannot be read
   */
  int parseLimit(CommandResult result);

  /**
   * Tells how many tasks an array may have where the scheduler does not answer.
   *
   * @return the number, at least 1
   */
  int usualLimit();

  /**
   * Says how to submit tasks of an array.
   *
   * @param job the job whose resources and attributes all tasks have
   * @param script the absolute path of the array's script
   * @param first the index of the first task
   * @param last the index of the last task, not less than that of the first
   * @return the command; its standard input is empty
   * @throws InvalidJobException if the scheduler cannot express what the job asks for
   */
  List<String> submitCommand(BatchJob job, String script, int first, int last);

  /**
   * Names a task.
   *
   * @param arrayId what {@link BatchScheduler#parseSubmission} returned for the array
   * @param index the index of the task
   * @return its native id, such as {@code 123_4}, {@code 123[4].server}, {@code 123.5}, or {@code
   *     123[5]}
   */
  String taskId(String arrayId, int index);

  /**
   * Finds out which task is meant.
   *
   * @param nativeId a native id
   * @return the task that it names, or null if it names none
   */
  @Nullable ArrayTask parse(String nativeId);
}
