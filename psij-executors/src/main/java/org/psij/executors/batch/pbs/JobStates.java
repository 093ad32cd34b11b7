package org.psij.executors.batch.pbs;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;

/**
 * What the {@code job_state} of a job means, as in the section "Job States" of the PBS reference
 * guide and in qstat(1) of Torque.
 */
final class JobStates {
  private static final Map<Character, String> HOLDS =
      Map.of(
          'u', "held by the user",
          'o', "held by an operator",
          's', "held by the system",
          'p', "held for a bad password",
          'l', "held for an array limit");

  private static final Pattern TASK = Pattern.compile("\\d+\\[\\d");

  private static final int WAITS_FOR_JOBS = 22;

  /** The attribute of OpenPBS that holds the path of the script. */
  static final String ARGUMENTS = "Submit_arguments";

  private JobStates() {}

  /**
   * Reads the status of a job that OpenPBS or Torque has printed.
   *
   * @param job its attributes
   * @return its status, or null if it has no state, or has ended in a way that is not told
   */
  static @Nullable NativeStatus read(QstatJob job) {
    String state = job.get("job_state");
    if (state == null || state.isEmpty() || (isMadeUp(job) && "FX".contains(state))) {
      return null;
    }
    return status(job, isMadeUp(job) && state.equals("Q") ? stateInTheQueue(job) : state)
        .restarts(restarts(job, state))
        .mark(job.get(ARGUMENTS, "submit_args"))
        .build();
  }

  /**
   * Tells whether OpenPBS has made a task up of the attributes of its array, since it keeps no
   * record of a task before it begins, nor, without a history, after its end. What such a task
   * tells of its end is that of any other.
   */
  private static boolean isMadeUp(QstatJob job) {
    return TASK.matcher(job.id()).lookingAt() && job.get("array_id", "job_array_id") == null;
  }

  private static String stateInTheQueue(QstatJob job) {
    String types = job.get("Hold_Types");
    return types == null || types.isEmpty() || types.equals("n") ? "Q" : "H";
  }

  private static NativeStatus.Builder status(QstatJob job, String state) {
    return switch (state) {
      case "Q" -> queued(job, state, job.get("comment"));
      case "W" -> queued(job, state, "waits for its start time");
      case "T" -> queued(job, state, "is being moved to another place");
      case "H" -> queued(job, state, hold(job)).condition(Condition.HELD);
      case "R", "B" -> active(job, state);
      case "E" -> active(job, state).condition(Condition.ENDING);
      case "S", "U" -> active(job, state).condition(Condition.SUSPENDED);
      case "F", "X", "C" -> JobEnd.read(job, state);
      default -> NativeStatus.builder(state, null).reason(job.get("comment"));
    };
  }

  private static NativeStatus.Builder queued(
      QstatJob job, String state, @Nullable String otherReason) {
    String comment = job.get("comment");
    return NativeStatus.builder(state, JobState.QUEUED)
        .reason(comment == null ? otherReason : comment);
  }

  private static NativeStatus.Builder active(QstatJob job, String state) {
    return NativeStatus.builder(state, JobState.ACTIVE).reason(job.get("comment"));
  }

  private static String hold(QstatJob job) {
    Integer substate = job.number("substate");
    if (substate != null && substate == WAITS_FOR_JOBS) {
      return "waits for the jobs that it depends on";
    }
    String types = job.get("Hold_Types");
    if (types == null || types.isEmpty()) {
      return "held";
    }
    return HOLDS.getOrDefault(types.charAt(0), "held (" + types + ")");
  }

  /** {@code run_count} counts the runs that have begun, the present one among them. */
  private static @Nullable Integer restarts(QstatJob job, String state) {
    Integer runs = job.number("run_count");
    if (runs == null) {
      return null;
    }
    boolean waits = "QHWT".contains(state);
    return Math.max(0, waits ? runs : runs - 1);
  }
}
