package org.psij.executors.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.psij.PsijException;
import org.psij.SubmitException;

/** Hands scripts to the scheduler, so many at a time, and finds out what became of it. */
final class Submitter {
  private final BatchScheduler scheduler;
  private final BatchExecutorConfig config;
  private final CommandRunner runner;
  private final String executor;
  private final NativeIds nativeIds;
  private final Semaphore places;

  Submitter(
      BatchScheduler scheduler, BatchExecutorConfig config, CommandRunner runner, String executor) {
    this.scheduler = scheduler;
    this.nativeIds = new NativeIds(scheduler);
    this.config = config;
    this.runner = runner;
    this.executor = executor;
    this.places = new Semaphore(config.getSubmitConcurrency());
  }

  /**
   * Submits a script.
   *
   * @param command the command that does it
   * @return the native id
   * @throws SubmitException if it was not submitted, or nobody knows
   */
  String submit(List<String> command) {
    return submit(() -> runner.run(command, config.getSubmitTimeout()));
  }

  /**
   * Submits a script.
   *
   * @param action runs the command that does it
   * @return the native id
   * @throws SubmitException if it was not submitted, or nobody knows
   */
  String submit(Supplier<CommandResult> action) {
    places.acquireUninterruptibly();
    try {
      return scheduler.parseSubmission(action.get());
    } catch (CommandException e) {
      throw e.isTimeout()
          ? SubmitException.ofUnknownOutcome(
              "the scheduler may or may not have taken it: " + e.getMessage(), e)
          : new SubmitException(e.getMessage() + advice(), e);
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

  /** Tells which job it is that was not submitted, or of which nobody knows. */
  static PsijException about(String jobId, RuntimeException e) {
    return aboutWhat("Job " + jobId, e);
  }

  /** Tells what it is that was not submitted, or of which nobody knows. */
  static PsijException aboutWhat(String what, RuntimeException e) {
    String message = what + ": " + e.getMessage();
    if (!(e instanceof SubmitException refusal)) {
      return e instanceof PsijException known ? known : new SubmitException(message, e);
    }
    if (refusal.isOutcomeUnknown()) {
      return SubmitException.ofUnknownOutcome(message, e);
    }
    return refusal.isTransient()
        ? SubmitException.ofTransient(message, e)
        : new SubmitException(message, e);
  }

  static boolean isOutcomeUnknown(RuntimeException e) {
    return e instanceof SubmitException refusal && refusal.isOutcomeUnknown();
  }

  /**
   * Asks which scripts the jobs of this user run.
   *
   * @throws CommandException if the scheduler cannot be asked
   */
  Marks marks() {
    CommandResult listed = runner.run(scheduler.listCommand(user()), config.getQueryTimeout());
    Map<String, String> scripts = new HashMap<>();
    List<String> ids = scheduler.parseList(listed);
    if (!ids.isEmpty()) {
      for (List<String> some : Poller.chunks(ids)) {
        scripts.putAll(
            scheduler.parseMarks(
                runner.run(scheduler.markCommand(some), config.getQueryTimeout())));
      }
    }
    return new Marks(scripts, nativeIds);
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
