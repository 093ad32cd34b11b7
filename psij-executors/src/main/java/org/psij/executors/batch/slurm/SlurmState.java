package org.psij.executors.batch.slurm;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus.Condition;

/**
 * What a state of Slurm means; the names are those of JOB STATE CODES in squeue(1) and sacct(1).
 *
 * @param state what it is to this library, or null if nothing can be said
 * @param condition what is special about it
 * @param cause why the job ended, or null
 * @param words what it means, for people, or null if that is plain
 */
record SlurmState(
    @Nullable JobState state,
    Condition condition,
    @Nullable FailureCause cause,
    @Nullable String words) {
  private static final Map<String, SlurmState> STATES = new HashMap<>();

  static {
    alive("PENDING", JobState.QUEUED, Condition.NORMAL, null);
    alive("CONFIGURING", JobState.QUEUED, Condition.NORMAL, "its nodes are being made ready");
    alive("POWER_UP_NODE", JobState.QUEUED, Condition.NORMAL, "its nodes are being powered up");
    alive("REQUEUED", JobState.QUEUED, Condition.NORMAL, "put back into the queue");
    alive("REQUEUE_FED", JobState.QUEUED, Condition.NORMAL, "put back into the queue");
    alive("EXPEDITING", JobState.QUEUED, Condition.NORMAL, "put back into the queue, goes first");
    alive("REQUEUE_HOLD", JobState.QUEUED, Condition.HELD, "put back into the queue and held");
    alive("SPECIAL_EXIT", JobState.QUEUED, Condition.HELD, "put back into the queue and held");
    alive("RESV_DEL_HOLD", JobState.QUEUED, Condition.HELD, "held, its reservation was deleted");
    alive("RUNNING", JobState.ACTIVE, Condition.NORMAL, null);
    alive("RESIZING", JobState.ACTIVE, Condition.NORMAL, "its size is being changed");
    alive("SIGNALING", JobState.ACTIVE, Condition.NORMAL, "it is being signalled");
    alive("SUSPENDED", JobState.ACTIVE, Condition.SUSPENDED, "suspended");
    alive("STOPPED", JobState.ACTIVE, Condition.SUSPENDED, "stopped by a signal");
    alive("COMPLETING", JobState.ACTIVE, Condition.ENDING, "its nodes are being cleared up");
    alive("STAGE_OUT", JobState.ACTIVE, Condition.ENDING, "its burst buffer is being emptied");
    alive("REVOKED", null, Condition.NORMAL, "another cluster of the federation runs it");
    ended("COMPLETED", JobState.COMPLETED, null, null);
    ended("CANCELLED", JobState.CANCELED, null, null); // by whom, only the accounting knows
    ended("FAILED", JobState.FAILED, null, null);
    ended("LAUNCH_FAILED", JobState.FAILED, FailureCause.NODE_FAILURE, "it could not be started");
    ended("RECONFIG_FAIL", JobState.FAILED, FailureCause.NODE_FAILURE, "a node was not made ready");
    ended("TIMEOUT", JobState.FAILED, FailureCause.TIME_LIMIT, "it ran longer than its time limit");
    ended("DEADLINE", JobState.FAILED, FailureCause.TIME_LIMIT, "its deadline has passed");
    ended(
        "PREEMPTED", JobState.FAILED, FailureCause.PREEMPTED, "it had to make way for another job");
    ended("NODE_FAIL", JobState.FAILED, FailureCause.NODE_FAILURE, "a node of the job went down");
    ended("BOOT_FAIL", JobState.FAILED, FailureCause.NODE_FAILURE, "a node could not be booted");
    ended(
        "OUT_OF_MEMORY",
        JobState.FAILED,
        FailureCause.OUT_OF_MEMORY,
        "it used more memory than it had been granted");
  }

  private static void alive(
      String name, @Nullable JobState state, Condition condition, @Nullable String words) {
    STATES.put(name, new SlurmState(state, condition, null, words));
  }

  private static void ended(
      String name, JobState state, @Nullable FailureCause cause, @Nullable String words) {
    STATES.put(name, new SlurmState(state, Condition.NORMAL, cause, words));
  }

  private static final SlurmState UNKNOWN = new SlurmState(null, Condition.NORMAL, null, null);

  /**
   * Looks up a state.
   *
   * @param name its long name
   * @return what it means; nothing if nobody has heard of it
   */
  static SlurmState of(String name) {
    return STATES.getOrDefault(name, UNKNOWN);
  }

  boolean isFinal() {
    return state != null && state.isFinal();
  }
}
