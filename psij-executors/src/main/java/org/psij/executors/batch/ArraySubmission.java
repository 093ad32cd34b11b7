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
    isTaken(jobs, out);
  }

  /** Submits jobs, and tells whether the scheduler has taken one of them at least. */
  private boolean isTaken(List<Job> jobs, Submission out) {
    NewArray array = new NewArray(workDirectory.newArray());
    jobs.forEach(job -> addOrRefuse(array, job, out));
    if (array.size() <= 1) {
      array.jobs().forEach(job -> engine.submitAlone(job, out));
      return array.jobs().stream().anyMatch(job -> job.getNativeId() != null);
    }
    return isTaken(array, out);
  }

  private void addOrRefuse(NewArray array, Job job, Submission out) {
    try {
      BatchJob described = scripts.describe(job, Objects.requireNonNull(job.getSpec()));
      array.add(job, described, scripts.part(job, described, array.next()));
    } catch (PsijException e) {
      out.refused(job, e);
    }
  }

  private boolean isTaken(NewArray array, Submission out) {
    List<BatchRun> runs = begin(array);
    String arrayId;
    try {
      arrayId = handover.handOver(array, dialect);
    } catch (RuntimeException e) {
      boolean isUnknown = Submitter.isOutcomeUnknown(e);
      runs.forEach(run -> engine.notTaken(run, !isUnknown));
      return isTakenAfter(e, array.jobs(), out);
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

  private boolean isTakenAfter(RuntimeException e, List<Job> jobs, Submission out) {
    if (isForGood(e)) {
      List<Job> half = jobs.subList(0, jobs.size() / 2);
      List<Job> rest = jobs.subList(jobs.size() / 2, jobs.size());
      if (isTaken(half, out)) {
        isTaken(rest, out);
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
