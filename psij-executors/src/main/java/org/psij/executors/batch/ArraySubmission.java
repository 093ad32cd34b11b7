package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.psij.Job;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.WorkDirectory;
import org.psij.spi.Submission;

/**
 * Submits jobs that the scheduler would treat alike as arrays, and tells about each of them. Of an
 * array that is refused smaller ones are tried: there may be room for so many.
 */
final class ArraySubmission {
  private final WorkDirectory workDirectory;
  private final BatchScriptWriter scripts;
  private final ArrayDialect dialect;
  private final ArrayHandover handover;
  private final Engine engine;

  /** What a submission needs of its executor. */
  interface Engine {
    /** Submits a job by itself, and tells what came of it. */
    void submitAlone(Job job, Submission out);

    /** Follows a job that is about to be submitted. */
    BatchRun begin(Job job, JobDirectory place);

    /** The scheduler has taken the job. */
    void accepted(BatchRun run, String nativeId);

    /**
     * The scheduler has not taken the job.
     *
     * @param forCertain false if it may have, and must be asked before it gets the job again
     */
    void notTaken(BatchRun run, boolean forCertain);
  }

  ArraySubmission(
      WorkDirectory workDirectory,
      BatchScriptWriter scripts,
      ArrayDialect dialect,
      ArrayHandover handover,
      Engine engine) {
    this.workDirectory = workDirectory;
    this.scripts = scripts;
    this.dialect = dialect;
    this.handover = handover;
    this.engine = engine;
  }

  /**
   * Submits jobs.
   *
   * @param jobs at least one, and not more than an array may have tasks
   * @param out is told about each of them
   */
  void submit(List<Job> jobs, Submission out) {
    anyTaken(jobs, out);
  }

  /** Submits jobs, and tells whether the scheduler has taken any. */
  private boolean anyTaken(List<Job> jobs, Submission out) {
    if (jobs.size() == 1) {
      return isTaken(jobs.get(0), out);
    }
    NewArray array = new NewArray(workDirectory.newArray());
    jobs.forEach(job -> addOrRefuse(array, job, out));
    return switch (array.size()) {
      case 0 -> false;
      case 1 -> isTaken(array.jobs().get(0), out);
      default -> anyTaken(array, out);
    };
  }

  private boolean isTaken(Job job, Submission out) {
    engine.submitAlone(job, out);
    return job.getNativeId() != null;
  }

  private void addOrRefuse(NewArray array, Job job, Submission out) {
    try {
      BatchJob described = scripts.describe(job, Objects.requireNonNull(job.getSpec()));
      array.add(job, described, scripts.part(job, described, array.next()));
    } catch (PsijException e) {
      out.refused(job, e);
    }
  }

  private boolean anyTaken(NewArray array, Submission out) {
    List<BatchRun> runs = begin(array);
    String arrayId;
    try {
      arrayId = handover.handOver(array, dialect);
    } catch (RuntimeException e) {
      boolean isUnknown = Submitter.isOutcomeUnknown(e);
      runs.forEach(run -> engine.notTaken(run, !isUnknown));
      return anyTakenAfter(e, array.jobs(), out);
    }
    for (int index = 0; index < runs.size(); index++) {
      BatchRun run = runs.get(index);
      engine.accepted(run, dialect.taskId(arrayId, index));
      out.accepted(run.job(), run.nativeId());
    }
    return true;
  }

  private List<BatchRun> begin(NewArray array) {
    List<BatchRun> runs = new ArrayList<>();
    for (Job job : array.jobs()) {
      runs.add(engine.begin(job, array.directory().task(runs.size())));
    }
    return runs;
  }

  private boolean anyTakenAfter(RuntimeException e, List<Job> jobs, Submission out) {
    if (isForGood(e)) {
      List<Job> half = jobs.subList(0, jobs.size() / 2);
      List<Job> rest = jobs.subList(jobs.size() / 2, jobs.size());
      if (anyTaken(half, out)) {
        anyTaken(rest, out);
        return true;
      }
      rest.forEach(job -> refuse(job, e, out));
      return false;
    }
    jobs.forEach(job -> refuse(job, e, out));
    return false;
  }

  private static boolean isForGood(RuntimeException e) {
    return e instanceof SubmitException refusal
        && !refusal.isTransient()
        && !refusal.isOutcomeUnknown();
  }

  private void refuse(Job job, RuntimeException e, Submission out) {
    out.refused(job, Submitter.about(job.getId(), e));
  }
}
