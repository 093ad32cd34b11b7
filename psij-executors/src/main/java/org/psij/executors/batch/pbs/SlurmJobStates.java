package org.psij.executors.batch.pbs;

import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;

/** What the few states mean that Slurm's qstat prints. */
final class SlurmJobStates {
  private SlurmJobStates() {}

  /**
   * Reads the status of a job.
   *
   * @param job its attributes
   * @return its status, or null if it has no state, or has ended in a way that is not told
   */
  static @Nullable NativeStatus read(QstatJob job) {
    String state = job.get("job_state");
    if (state == null) {
      return null;
    }
    return switch (state) {
      case "Q" -> NativeStatus.builder(state, JobState.QUEUED).build();
      case "R" -> NativeStatus.builder(state, JobState.ACTIVE).build();
      case "S" ->
          NativeStatus.builder(state, JobState.ACTIVE).condition(Condition.SUSPENDED).build();
      case "C" -> null;
      // the two ends that it has no letter for are this one, and a deadline, which qsub cannot set
      case "U" ->
          NativeStatus.builder(state, JobState.FAILED)
              .cause(FailureCause.OUT_OF_MEMORY)
              .reason("out of memory")
              .build();
      default -> NativeStatus.builder(state, null).build();
    };
  }
}
