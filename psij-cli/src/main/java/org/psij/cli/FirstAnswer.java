package org.psij.cli;

import java.time.Duration;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/**
 * What an executor learns first about a job that it has attached. Until its scheduler has answered
 * the job counts as queued, which says nothing; the answer has a native state, or is another state.
 */
final class FirstAnswer {
  private static final Duration LOOK = Duration.ofMillis(20);

  private FirstAnswer() {}

  /** Waits for the answer, and tells whether it came in time. */
  static boolean await(Job job, Deadline deadline) throws InterruptedException {
    while (!isThere(job.getStatus())) {
      if (deadline.isOver()) {
        return false;
      }
      job.waitFor(LOOK, JobState.STAGE_IN); // a native state may come without a change of state
    }
    return true;
  }

  private static boolean isThere(JobStatus status) {
    return status.getState().isGreaterThan(JobState.QUEUED)
        || status.getMetadata().containsKey(JobStatus.NATIVE_STATE);
  }
}
