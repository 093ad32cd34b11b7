package org.psij.executors.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.psij.PsijException;
import org.psij.SubmitException;

/** Hands scripts to the scheduler, so many at a time, and finds out what became of it. */
final class Submitter {
  private final BatchScheduler scheduler;
  private final BatchExecutorConfig config;
  private final CommandRunner runner;
  private final String executor;
  private final Semaphore places;

  Submitter(
      BatchScheduler scheduler, BatchExecutorConfig config, CommandRunner runner, String executor) {
    this.scheduler = scheduler;
    this.config = config;
    this.runner = runner;
    this.executor = executor;
    this.places = new Semaphore(config.getSubmitConcurrency());
  }

  /**
   * Submits a script.
   *
   * @return the native id
   * @throws SubmitException if it was not submitted, or nobody knows
   */
  String submit(BatchJob job, String script) {
    List<String> command = scheduler.submitCommand(job, script);
    places.acquireUninterruptibly();
    try {
      return scheduler.parseSubmission(runner.run(command, config.getSubmitTimeout()));
    } catch (SubmitException e) {
      throw about(job, e);
    } catch (CommandException e) {
      throw e.isTimeout()
          ? SubmitException.ofUnknownOutcome(
              "Job " + job.id() + ": the scheduler may or may not have taken it: " + e.getMessage(),
              e)
          : new SubmitException("Job " + job.id() + ": " + e.getMessage() + advice(), e);
    } finally {
      places.release();
    }
  }

  private String advice() {
    return "; is '"
        + executor
        + "' installed here? PSIJ_"
        + executor.toUpperCase(Locale.ROOT)
        + "_COMMAND_FOLDER may name the folder of its commands";
  }

  private static SubmitException about(BatchJob job, SubmitException e) {
    String message = "Job " + job.id() + ": " + e.getMessage();
    if (e.isOutcomeUnknown()) {
      return SubmitException.ofUnknownOutcome(message, e);
    }
    return e.isTransient()
        ? SubmitException.ofTransient(message, e)
        : new SubmitException(message, e);
  }

  /**
   * Looks whether the scheduler has a job of which it is not known whether it was submitted.
   *
   * @return the native id, or null if the scheduler does not have the job
   * @throws CommandException if the scheduler cannot be asked
   */
  @Nullable String find(String jobId) {
    return find(jobId, marks());
  }

  /** Looks for a job among the {@link #marks}. */
  static @Nullable String find(String jobId, Map<String, String> marks) {
    return marks.entrySet().stream()
        .filter(mark -> mark.getValue().contains(jobId))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /**
   * Asks which scripts the jobs of this user run.
   *
   * @return texts in which the path of the script can be found, by native id
   * @throws CommandException if the scheduler cannot be asked
   */
  Map<String, String> marks() {
    CommandResult listed = runner.run(scheduler.listCommand(user()), config.getQueryTimeout());
    Map<String, String> marks = new HashMap<>();
    List<String> ids = scheduler.parseList(listed);
    if (!ids.isEmpty()) {
      for (List<String> some : Poller.chunks(ids)) {
        marks.putAll(
            scheduler.parseMarks(
                runner.run(scheduler.markCommand(some), config.getQueryTimeout())));
      }
    }
    return marks;
  }

  /** Lists the jobs of this user. */
  List<String> list() {
    try {
      return scheduler.parseList(
          runner.run(scheduler.listCommand(user()), config.getQueryTimeout()));
    } catch (CommandException e) {
      throw SubmitException.ofTransient("The jobs cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Asks the scheduler to end a job.
   *
   * @throws SubmitException if it does not want to, or could not be asked
   */
  void cancel(BatchRun run) {
    String what = "Job " + run.job().getId() + " (native id " + run.nativeId() + ")";
    try {
      scheduler.checkCancellation(
          runner.run(scheduler.cancelCommand(run.nativeId()), config.getSubmitTimeout()));
    } catch (SubmitException e) {
      throw refused(what, e);
    } catch (CommandException e) {
      if (e.isTimeout()) {
        throw unheard(what, e);
      }
      throw new SubmitException(
          what + ": the scheduler could not be asked to cancel it: " + e.getMessage(), e);
    }
  }

  private static SubmitException refused(String what, SubmitException e) {
    if (e.isOutcomeUnknown()) {
      return unheard(what, e);
    }
    String message = what + " is not cancelled: " + e.getMessage();
    return e.isTransient()
        ? SubmitException.ofTransient(message, e)
        : new SubmitException(message, e);
  }

  private static SubmitException unheard(String what, PsijException e) {
    return SubmitException.ofUnknownOutcome(
        what
            + " may or may not be cancelled, cancel it again to be sure; if it still waits it will"
            + " not run: "
            + e.getMessage(),
        e);
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
