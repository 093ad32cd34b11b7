package org.psij.spi;

import org.psij.Job;
import org.psij.PsijException;

/**
 * Where an executor tells, job by job, how a submission of many went. Safe to call from any thread
 * until the method that was given it returns. A job about which nothing is told counts as refused.
 */
public interface Submission {
  /**
   * The system below has taken a job.
   *
   * @param job the job
   * @param nativeId the id it has there
   */
  void accepted(Job job, String nativeId);

  /**
   * A job was not taken, and trying had no effect.
   *
   * @param job the job
   * @param reason what {@link org.psij.JobExecutor#submit} would have thrown
   */
  void refused(Job job, PsijException reason);
}
