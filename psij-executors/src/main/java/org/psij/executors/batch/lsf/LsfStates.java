package org.psij.executors.batch.lsf;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;

/**
 * What the states and termination reasons of LSF mean (manual pages bjobs(1) and bacct(1), and
 * "Termination reasons" in the administrator's guide).
 */
final class LsfStates {
  private static final int SIGNALS_FROM = 129;
  private static final int SIGNALS_TO = 192;
  private static final Pattern TERMINATION = Pattern.compile("TERM_[A-Z_]+");

  private static final Map<String, FailureCause> CAUSES =
      Map.ofEntries(
          Map.entry("TERM_ADMIN", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_BUCKET_KILL", FailureCause.CANCELED_BY_USER),
          Map.entry("TERM_CHKPNT", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_CPULIMIT", FailureCause.TIME_LIMIT),
          Map.entry("TERM_CSM_ALLOC", FailureCause.NODE_FAILURE),
          Map.entry("TERM_CWD_NOTEXIST", FailureCause.REJECTED),
          Map.entry("TERM_DATA", FailureCause.REJECTED),
          Map.entry("TERM_DEADLINE", FailureCause.TIME_LIMIT),
          Map.entry("TERM_EXTERNAL_SIGNAL", FailureCause.SIGNAL),
          Map.entry("TERM_FORCE_ADMIN", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_FORCE_OWNER", FailureCause.CANCELED_BY_USER),
          Map.entry("TERM_KUBE", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_LOAD", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_MC_RECALL", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_MEMLIMIT", FailureCause.OUT_OF_MEMORY),
          Map.entry("TERM_ORPHAN_SYSTEM", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_OTHER", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_OWNER", FailureCause.CANCELED_BY_USER),
          Map.entry("TERM_PREEMPT", FailureCause.PREEMPTED),
          Map.entry("TERM_PRE_EXEC_FAIL", FailureCause.REJECTED),
          Map.entry("TERM_PROCESSLIMIT", FailureCause.SIGNAL),
          Map.entry("TERM_RC", FailureCause.PREEMPTED),
          Map.entry("TERM_REMOVE_HUNG_JOB", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_RMS", FailureCause.NODE_FAILURE),
          Map.entry("TERM_RUNLIMIT", FailureCause.TIME_LIMIT),
          Map.entry("TERM_SLURM", FailureCause.NODE_FAILURE),
          Map.entry("TERM_SWAP", FailureCause.OUT_OF_MEMORY),
          Map.entry("TERM_THREADLIMIT", FailureCause.SIGNAL),
          Map.entry("TERM_WINDOW", FailureCause.CANCELED_BY_SCHEDULER),
          Map.entry("TERM_ZOMBIE", FailureCause.NODE_FAILURE));

  private LsfStates() {}

  /**
   * Explains a state.
   *
   * @param state the native state, such as {@code PEND}
   * @param exitCode what the job returned, or null
   * @param exitReason why it ended, or null
   * @param waitReason why it waits or stands still, or null
   * @return the status so far
   */
  static NativeStatus.Builder status(
      String state,
      @Nullable Integer exitCode,
      @Nullable String exitReason,
      @Nullable String waitReason) {
    return switch (state) {
      case "PEND", "PROV", "WAIT" ->
          NativeStatus.builder(state, JobState.QUEUED).reason(waitReason);
      case "PSUSP" ->
          NativeStatus.builder(state, JobState.QUEUED)
              .condition(Condition.HELD)
              .reason(because("held while pending", waitReason));
      case "RUN" -> NativeStatus.builder(state, JobState.ACTIVE);
      case "USUSP" -> suspended(state, because("suspended by a person", waitReason));
      case "SSUSP" -> suspended(state, because("suspended by LSF", waitReason));
      case "UNKWN" ->
          NativeStatus.builder(state, JobState.ACTIVE).reason("LSF has lost contact with the host");
      case "ZOMBI" ->
          NativeStatus.builder(state, JobState.ACTIVE)
              .condition(Condition.ENDING)
              .reason("ended by LSF while the host could not be reached");
      case "DONE" -> NativeStatus.builder(state, JobState.COMPLETED).exitCode(0);
      case "EXIT" -> exited(exitCode, exitReason);
      default -> NativeStatus.builder(state, null).reason(waitReason);
    };
  }

  private static NativeStatus.Builder suspended(String state, String reason) {
    return NativeStatus.builder(state, JobState.ACTIVE)
        .condition(Condition.SUSPENDED)
        .reason(reason);
  }

  private static String because(String what, @Nullable String why) {
    return why == null ? what : what + ": " + why;
  }

  private static NativeStatus.Builder exited(@Nullable Integer exitCode, @Nullable String reason) {
    String termination = termination(reason);
    if (termination != null && termination.startsWith("TERM_REQUEUE_")) {
      return NativeStatus.builder("EXIT", JobState.QUEUED).reason(reason);
    }
    FailureCause cause = termination == null ? null : CAUSES.get(termination);
    return NativeStatus.builder("EXIT", isCancel(cause) ? JobState.CANCELED : JobState.FAILED)
        .cause(cause != null ? cause : causeOf(exitCode))
        .exitCode(exitCode)
        .reason(reason);
  }

  private static @Nullable String termination(@Nullable String reason) {
    Matcher found = TERMINATION.matcher(reason == null ? "" : reason);
    return found.find() ? found.group() : null;
  }

  private static boolean isCancel(@Nullable FailureCause cause) {
    return cause == FailureCause.CANCELED_BY_USER || cause == FailureCause.CANCELED_BY_SCHEDULER;
  }

  private static @Nullable FailureCause causeOf(@Nullable Integer exitCode) {
    if (exitCode == null || exitCode == 0) {
      return null;
    }
    boolean signal = exitCode >= SIGNALS_FROM && exitCode <= SIGNALS_TO;
    return signal ? FailureCause.SIGNAL : FailureCause.EXIT_CODE;
  }
}
