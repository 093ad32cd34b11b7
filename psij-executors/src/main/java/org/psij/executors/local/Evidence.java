package org.psij.executors.local;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
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
    Function<Integer, @Nullable String> launcherProblem) {
  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  /** The statuses to report; gaps before the first are filled by the state model. */
  List<JobStatus> statuses() {
    if (lastWord != null ? lastWord.state() == JobState.COMPLETED : end.exitCode() == 0) {
      return List.of(completed());
    }
    if (reason == EndReason.CANCELED) {
      return List.of(canceled().time(end.time()).exitCode(end.exitCode()).build());
    }
    if (reason == EndReason.WALLTIME_OVER) {
      return List.of(failed(FailureCause.TIME_LIMIT, "ended when its walltime was over"));
    }
    if (scripted) {
      return List.of(scriptFailed());
    }
    // the process returned, so the job went through all states
    return List.of(
        JobStatus.builder(JobState.CLEANUP).time(end.time()).build(), failedByItself(null));
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

  private JobStatus scriptFailed() {
    if (lastWord == null) {
      return failedByItself(null);
    }
    if (lastWord.isStagingFailure()) {
      return JobStatus.builder(JobState.FAILED)
          .time(lastWord.time())
          .exitCode(lastWord.exitCode())
          .cause(FailureCause.STAGING)
          .message(lastWord.message())
          .build();
    }
    String problem = launcherProblem.apply(end.exitCode());
    return problem == null
        ? failedByItself(lastWord.message())
        : failed(FailureCause.LAUNCHER, problem);
  }

  private JobStatus failedByItself(@Nullable String note) {
    if (note != null && lastWord != null && lastWord.signal() != null) {
      return failed(FailureCause.SIGNAL, note);
    }
    Integer signal = end.signal();
    String message = signal == null ? exitCodeMessage() : "killed by " + Signal.nameOf(signal);
    return failed(
        signal == null ? FailureCause.EXIT_CODE : FailureCause.SIGNAL,
        note == null ? message : message + "; " + note);
  }

  private String exitCodeMessage() {
    int signal = end.exitCode() - SIGNAL_BASE;
    return "exit code "
        + end.exitCode()
        + (signal > 0 && signal <= LAST_SIGNAL ? " (as after " + Signal.nameOf(signal) + ")" : "");
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
