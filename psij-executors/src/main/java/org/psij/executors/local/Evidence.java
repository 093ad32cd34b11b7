package org.psij.executors.local;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.ScriptFailure;
import org.psij.executors.work.Signal;
import org.psij.executors.work.StatusLine;

/**
 * All that is known about the end of a job, and what follows from it.
 *
 * @param end how its process ended
 * @param reason why the library ended it, or null if it did not
 * @param scripted whether the process is a script that runs the job
 * @param lastWord the last line of that script, or null if it did not come to that
 * @param launcherProblem finds what the launcher says of an exit code
 */
record Evidence(
    ProcessEnd end,
    @Nullable EndReason reason,
    boolean scripted,
    @Nullable StatusLine lastWord,
    IntFunction<@Nullable String> launcherProblem) {
  private static final int SIGNAL_BASE = 128;

  /** The statuses to report; gaps before the first are filled by the state model. */
  List<JobStatus> statuses() {
    if (lastWord != null
        ? lastWord.state() == JobState.COMPLETED
        : Integer.valueOf(0).equals(end.exitCode())) {
      return List.of(completed());
    }
    if (reason == EndReason.CANCELED) {
      return List.of(canceled().time(end.time()).exitCode(end.exitCode()).build());
    }
    if (reason == EndReason.WALLTIME_OVER) {
      return List.of(failed(FailureCause.TIME_LIMIT, "ended when its walltime was over"));
    }
    if (lastWord != null) {
      return List.of(scriptFailed(lastWord));
    }
    Integer exitCode = end.exitCode();
    if (exitCode == null) {
      return List.of(lost("exit code unknown: nobody who watched the process has told its end"));
    }
    if (scripted) {
      return List.of(failedByItself(exitCode));
    }
    // the process returned, so the job went through all states
    return List.of(
        JobStatus.builder(JobState.CLEANUP).time(end.time()).build(), failedByItself(exitCode));
  }

  static JobStatus.Builder canceled() {
    return JobStatus.builder(JobState.CANCELED)
        .cause(FailureCause.CANCELED_BY_USER)
        .message("cancelled on request");
  }

  private JobStatus completed() {
    return JobStatus.builder(JobState.COMPLETED)
        .time(lastWord == null ? end.time() : lastWord.time())
        .exitCode(0)
        .message(lastWord == null ? null : lastWord.message())
        .build();
  }

  private JobStatus scriptFailed(StatusLine word) {
    JobStatus status = ScriptFailure.of(word, launcherProblem).build();
    return status.getCause() == FailureCause.STAGING || end.exitCode() == null
        ? status
        : status.toBuilder().time(end.time()).exitCode(end.exitCode()).build();
  }

  private JobStatus failedByItself(int exitCode) {
    Integer signal = end.signal();
    if (signal != null && signal > 0) {
      return failed(FailureCause.SIGNAL, "killed by " + Signal.nameOf(signal));
    }
    boolean mayBeSignal = signal == null || exitCode <= SIGNAL_BASE;
    return failed(
        FailureCause.EXIT_CODE,
        mayBeSignal ? ScriptFailure.exitCodeMessage(exitCode) : "exit code " + exitCode);
  }

  /** An end of which nothing is known but that it came. */
  static JobStatus lost(String message) {
    return JobStatus.builder(JobState.FAILED).cause(FailureCause.LOST).message(message).build();
  }

  private JobStatus failed(FailureCause cause, String message) {
    return JobStatus.builder(JobState.FAILED)
        .time(end.time())
        .exitCode(end.exitCode())
        .cause(cause)
        .message(message)
        .build();
  }
}
