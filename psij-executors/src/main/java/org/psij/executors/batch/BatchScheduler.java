package org.psij.executors.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.SubmitException;

/**
 * The dialect of one scheduler: what it is asked, and what its answers mean. Pure functions that
 * open no file, start no process and keep no state, so that recorded output tests them; safe for
 * use by many threads. Everything else is done by {@link BatchSchedulerExecutor}.
 *
 * <p>Commands are given by their plain names, such as {@code sbatch}; the engine looks them up, and
 * runs them with {@code LC_ALL=C} and {@code TZ=UTC}.
 */
public interface BatchScheduler {
  /**
   * Names whose custom attributes are meant for this scheduler.
   *
   * @return the prefixes in lower case, without the dot: {@code slurm} for {@code slurm.constraint}
   */
  Set<String> attributePrefixes();

  /**
   * Writes the beginning of a job's script, from {@code #!/bin/bash} on: the directives, and what
   * the rest of the script has to know about the scheduler. It defines, for bash,
   *
   * <ul>
   *   <li>{@code psij_native_id}, a variable: the id that {@link #parseSubmission} returned;
   *   <li>{@code psij_task}, a variable: the index, counted from 0, of the task of an array that
   *       runs; empty for a job that is no task. Needed only with {@link #arrays}, where {@code
   *       psij_native_id} is that of the task;
   *   <li>{@code psij_hosts}, a function: prints the host of each process, one a line;
   *   <li>{@code psij_kept}, a variable: the names, as a pattern of alternatives such as {@code
   *       SLURM_*|PMI*}, of the scheduler's own variables, which stay where the environment is not
   *       inherited;
   *   <li>{@code psij_stop_signals}, a variable: the signals by which the scheduler tells a job to
   *       end, such as {@code TERM}, at least one;
   *   <li>{@code psij_pass_on_stop}, a variable, if need be: not empty if the scheduler may send
   *       such a signal to the script only, and not to what it has started;
   *   <li>{@code psij_reserved_codes}, a variable: exit codes that mean something to the scheduler
   *       and must not be returned, such as {@code 99 100}, or nothing.
   * </ul>
   *
   * <p>The text depends on the name and the program of the job, its resources and attributes, its
   * staging and clean-up, and on whether it inherits the environment; not on its arguments,
   * variables, and files. So does the {@link #submitCommand}.
   *
   * <p>The output of the script itself goes to a file that the script opens; the scheduler's own is
   * sent to {@code /dev/null}.
   *
   * @param job the job
   * @return the text, ending with a newline
   * @throws InvalidJobException if the scheduler cannot express what the job asks for
   */
  String scriptHead(BatchJob job);

  /**
   * Says how to submit a script.
   *
   * @param job the job
   * @param script the absolute path of its script
   * @return the command; its standard input is empty
   * @throws InvalidJobException if the scheduler cannot express what the job asks for
   */
  List<String> submitCommand(BatchJob job, String script);

  /**
   * Reads the answer to a submission that ended in time.
   *
   * @param result what the submit command printed and returned
   * @return the native id
   * @throws SubmitException if the job was refused, or nobody could be asked
   */
  String parseSubmission(CommandResult result);

  /**
   * Says how to ask for the states of jobs.
   *
   * @param nativeIds the ids, at least one
   * @return the command
   */
  List<String> statusCommand(List<String> nativeIds);

  /**
   * Reads the states of jobs. A row that cannot be read spoils nothing but itself.
   *
   * @param result what the command printed and returned
   * @return the jobs that the scheduler knows
   * @throws CommandException if the scheduler could not be asked, which says nothing about any job
   */
  StatusListing parseStatus(CommandResult result);

  /**
   * Says how to find out which scripts jobs run, to recognise a job of which nobody knows whether
   * it was submitted.
   *
   * @param nativeIds the ids, at least one
   * @return the command; that for the states unless overridden
   */
  default List<String> markCommand(List<String> nativeIds) {
    return statusCommand(nativeIds);
  }

  /**
   * Reads which scripts jobs run.
   *
   * @param result what the {@link #markCommand} printed and returned
   * @return by native id, a text in which the path of the script can be found; nothing for jobs of
   *     which the scheduler does not tell
   * @throws CommandException if the scheduler could not be asked
   */
  default Map<String, String> parseMarks(CommandResult result) {
    Map<String, String> marks = new HashMap<>();
    parseStatus(result)
        .jobs()
        .forEach(
            (id, status) -> {
              if (status.mark() != null) {
                marks.put(id, status.mark());
              }
            });
    return marks;
  }

  /**
   * Says how to ask how jobs ended that have left the queue.
   *
   * @param nativeIds the ids, at least one
   * @return the commands, one if the scheduler can be asked for all at once; none unless overridden
   */
  default List<List<String>> accountingCommands(List<String> nativeIds) {
    return List.of();
  }

  /**
   * Reads how jobs ended.
   *
   * @param result what one of the {@link #accountingCommands} printed and returned
   * @return the jobs that it knows; a job that is not there may come later
   * @throws CommandException if nobody could be asked, which says nothing about any job
   */
  default StatusListing parseAccounting(CommandResult result) {
    throw new CommandException("This scheduler has no accounting", result);
  }

  /**
   * Tells how late the accounting may know of an end.
   *
   * @return the time after a job has left the queue; none unless overridden
   */
  default Duration accountingDelay() {
    return Duration.ZERO;
  }

  /**
   * Says how to end a job.
   *
   * @param nativeId its id
   * @return the command
   */
  List<String> cancelCommand(String nativeId);

  /**
   * Reads the answer to the request to end a job. That it has gone already is no error.
   *
   * @param result what the command printed and returned
   * @throws SubmitException if the request was refused, or nobody could be asked
   */
  void checkCancellation(CommandResult result);

  /**
   * Says how to list the jobs of a user that have not ended.
   *
   * @param user the name of the user
   * @return the command
   */
  List<String> listCommand(String user);

  /**
   * Reads which jobs there are.
   *
   * @param result what the {@link #listCommand} printed and returned
   * @return their native ids
   * @throws CommandException if the scheduler could not be asked
   */
  List<String> parseList(CommandResult result);

  /**
   * Tells how the scheduler runs many jobs as one.
   *
   * @return the dialect of its arrays, or null if each job goes by itself, as it does unless
   *     overridden
   */
  default @Nullable ArrayDialect arrays() {
    return null;
  }

  /**
   * Tells how the scheduler lists the jobs of all users.
   *
   * @return how it is asked, or null if it cannot be asked, as it is unless overridden
   */
  default @Nullable QueueDialect queue() {
    return null;
  }

  /**
   * Tells how the scheduler takes a ready script, with directives of its own.
   *
   * @return how, or null if it takes none, as it does unless overridden
   */
  default @Nullable ScriptDialect scripts() {
    return null;
  }

  /**
   * Tells how the scheduler is recognised on a machine, for {@code auto}.
   *
   * @return how, or null if it cannot be, as it is unless overridden
   */
  default @Nullable PresenceDialect presence() {
    return null;
  }

  /**
   * Tells how the scheduler tells what its nodes and queues have.
   *
   * @return how it is asked, or null if it cannot be asked, as it is unless overridden
   */
  default @Nullable ResourceDialect resources() {
    return null;
  }

  /**
   * Tells whether a text can be the id of one job. It holds letters, digits and {@code _.+@[]-}
   * only, does not begin like an option, and is not {@code all}.
   *
   * @param text what may be an id
   * @return false if the commands would refuse it, or take it for more than one job; true unless
   *     overridden
   */
  default boolean isNativeId(String text) {
    return true;
  }

  /**
   * Tells whether a variable of this process must not reach the scheduler's commands: it changes
   * what they print, or belongs to an allocation in which this process itself runs.
   *
   * @param variable its name
   * @return true to leave it out
   */
  boolean isHiddenFromCommands(String variable);
}
