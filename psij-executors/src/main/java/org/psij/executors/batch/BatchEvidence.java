package org.psij.executors.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.JobScript;
import org.psij.executors.work.ScriptFailure;
import org.psij.executors.work.StatusLine;

/**
 * All that is known about a job that may have ended, and what follows from it: the script is right
 * about what ran, the scheduler about why something was killed.
 *
 * @param files where the job's own script tells what it does, or null if it has none
 * @param lastWord the last line of the script, or null if it has not come to that
 * @param cancelMark whether the library was asked to cancel the job
 * @param scheduler what the scheduler said last, or null if nothing
 * @param gone whether the scheduler no longer lists the job
 * @param graceOver whether the time is over in which more may come, and the scheduler has been
 *     heard since
 * @param silent whether the scheduler's accounting has nothing to say, or nothing more
 * @param explainFailure finds what the launcher says of an exit code
 */
record BatchEvidence(
    @Nullable Path files,
    @Nullable StatusLine lastWord,
    boolean cancelMark,
    @Nullable NativeStatus scheduler,
    boolean gone,
    boolean graceOver,
    boolean silent,
    IntFunction<@Nullable String> explainFailure) {
  private static final int SIGNAL_BASE = 128;

  /** The end of the job, or null if it has not ended, or it is too early to tell how. */
  @Nullable JobStatus end() {
    if (lastWord != null && lastWord.state() == JobState.COMPLETED) {
      return completed(lastWord.time(), lastWord.message());
    }
    boolean completed = scheduler != null && scheduler.state() == JobState.COMPLETED;
    if (cancelMark && !completed) {
      return hasLeft() ? canceled() : null;
    }
    if (lastWord != null && isCertain(lastWord)) {
      return failedByItself(lastWord);
    }
    if (scheduler != null && scheduler.isFinal()) {
      return saidBy(scheduler);
    }
    if (lastWord != null) {
      boolean mayRunAgain = lastWord.isToldToStop();
      boolean ending = isEnding() && graceOver && !mayRunAgain;
      return ending || (gone && silent) ? failedByItself(lastWord) : null;
    }
    return gone && silent ? lost() : null;
  }

  /** Whether the job has ended for all that is known, and only the scheduler may tell how. */
  boolean isUnexplained() {
    return lastWord != null && end() == null;
  }

  /** Whether the queue knows the end of a job, and not all about it. */
  static boolean leavesOpen(NativeStatus last, @Nullable StatusLine lastWord) {
    return last.state() == JobState.CANCELED
        ? last.cause() == null
        : last.state() == JobState.FAILED && last.exitCode() == null && lastWord == null;
  }

  private static boolean isCertain(StatusLine line) {
    Integer code = line.exitCode();
    return !line.isToldToStop() && (code == null || code < SIGNAL_BASE);
  }

  private boolean isEnding() {
    return scheduler != null && scheduler.condition() == NativeStatus.Condition.ENDING;
  }

  private boolean hasLeft() {
    return gone
        || (scheduler != null && scheduler.isFinal())
        || (lastWord != null && (isEnding() || graceOver));
  }

  private @Nullable JobStatus saidBy(NativeStatus last) {
    boolean accountingMayTell = !silent && leavesOpen(last, lastWord);
    if (last.state() == JobState.CANCELED) {
      return accountingMayTell ? null : canceledByOthers(last);
    }
    if (last.state() == JobState.FAILED && isSchedulersOwn(last.cause())) {
      return status(JobState.FAILED, last)
          .cause(last.cause())
          .message(said(phrase(last.cause()), last))
          .build();
    }
    if (lastWord != null) {
      return failedByItself(lastWord);
    }
    if (accountingMayTell || (files != null && !graceOver)) {
      return null; // the script's last word, or the exit code, may still come
    }
    return last.state() == JobState.COMPLETED
        ? status(JobState.COMPLETED, last).exitCode(0).build()
        : failedWithoutWord(last);
  }

  private JobStatus canceledByOthers(NativeStatus last) {
    boolean isUnexplained = leavesOpen(last, lastWord);
    String words = isUnexplained ? "cancelled, by whom is not known" : "cancelled";
    return status(JobState.CANCELED, last)
        .cause(last.cause() == null ? FailureCause.CANCELED_BY_SCHEDULER : last.cause())
        .message(said(words, last))
        .build();
  }

  private JobStatus failedWithoutWord(NativeStatus last) {
    Integer code = last.exitCode();
    FailureCause cause = last.cause();
    if (cause == null) {
      cause = code == null ? FailureCause.LOST : FailureCause.EXIT_CODE;
    }
    String words = code == null ? "failed" : ScriptFailure.exitCodeMessage(code);
    return status(JobState.FAILED, last).cause(cause).message(said(words, last) + noWord()).build();
  }

  private String noWord() {
    return files == null
        ? ""
        : "; its script has told no end in "
            + files
            + ", and returns "
            + JobScript.NO_FILES
            + " if it cannot write there and runs nothing";
  }

  /** Whether a cause is one that only the scheduler can know. */
  private static boolean isSchedulersOwn(@Nullable FailureCause cause) {
    return cause != null && cause != FailureCause.EXIT_CODE && cause != FailureCause.SIGNAL;
  }

  private static String phrase(@Nullable FailureCause cause) {
    if (cause == null) {
      return "failed";
    }
    return switch (cause) {
      case TIME_LIMIT -> "ended because its walltime was over";
      case OUT_OF_MEMORY -> "ended because it used more memory than it was granted";
      case PREEMPTED -> "ended because its resources were taken for another job";
      case NODE_FAILURE -> "ended because a node failed";
      case REJECTED -> "turned down by the scheduler";
      case LAUNCHER -> "could not be started";
      default -> "failed";
    };
  }

  private static String said(String words, NativeStatus last) {
    return words
        + " (the scheduler says "
        + last.nativeState()
        + (last.reason() == null ? ")" : ": " + last.reason() + ")");
  }

  private JobStatus.Builder status(JobState state, NativeStatus last) {
    Instant time = lastWord == null ? last.endTime() : lastWord.time();
    JobStatus.Builder status =
        JobStatus.builder(state)
            .metadata(JobStatus.NATIVE_STATE, last.nativeState())
            .exitCode(
                lastWord == null || lastWord.exitCode() == null
                    ? last.exitCode()
                    : lastWord.exitCode());
    return time == null ? status : status.time(time);
  }

  private static JobStatus completed(Instant time, @Nullable String message) {
    return JobStatus.builder(JobState.COMPLETED).time(time).exitCode(0).message(message).build();
  }

  private JobStatus canceled() {
    JobStatus.Builder status =
        scheduler == null
            ? JobStatus.builder(JobState.CANCELED)
            : status(JobState.CANCELED, scheduler);
    return status
        .exitCode(lastWord == null ? null : lastWord.exitCode())
        .cause(FailureCause.CANCELED_BY_USER)
        .message("cancelled on request")
        .build();
  }

  private JobStatus failedByItself(StatusLine word) {
    JobStatus.Builder status = ScriptFailure.of(word, explainFailure);
    if (scheduler != null) {
      status.metadata(JobStatus.NATIVE_STATE, scheduler.nativeState());
    }
    return status.build();
  }

  private JobStatus lost() {
    return JobStatus.builder(JobState.FAILED)
        .cause(FailureCause.LOST)
        .message("the job has left the queue, and nothing tells how it ended" + noWord())
        .build();
  }
}
