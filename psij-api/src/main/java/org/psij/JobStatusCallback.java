package org.psij;

/** Listens to the state changes of one job or of all jobs of an executor. */
@FunctionalInterface
public interface JobStatusCallback {
  /**
   * Called once for each state that a job enters, in the order of the states, never for {@link
   * JobState#NEW}. Calls for one job never overlap; calls for different jobs may. The native id is
   * set and no lock of the library is held, so the callback may submit, cancel and close. {@link
   * Job#getStatus()} may already be further than {@code status}.
   *
   * <p>What is thrown here is logged and harms nobody. A callback that blocks holds up the later
   * callbacks of the same job only.
   *
   * @param job the job
   * @param status the state that it entered
   */
  void jobStatusChanged(Job job, JobStatus status);
}
