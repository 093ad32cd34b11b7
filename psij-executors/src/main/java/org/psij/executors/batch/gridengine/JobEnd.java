package org.psij.executors.batch.gridengine;

import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;

/**
 * What {@code failed} and {@code exit_status} of accounting(5) say about the end of a job, see also
 * sge_status(5).
 *
 * <p>A deletion of a running job looks like any other SIGKILL. Most failures are no end: the job
 * was put back into the queue, and may be there still, in error state.
 */
final class JobEnd {
  private static final int SIGNALED = 128;
  private static final int FIRST_ERROR = 26;
  private static final int LAST_ERROR = 30;

  private final AccountingRecord record;
  private final int failed;
  private final int code;

  private JobEnd(AccountingRecord record, int failed, int code) {
    this.record = record;
    this.failed = failed;
    this.code = code;
  }

  /** Says how a job ended, or gives null if the record does not tell of an end. */
  static @Nullable NativeStatus interpret(AccountingRecord record, int restarts) {
    Integer failed = record.number("failed");
    Integer code = record.number("exit_status");
    if (failed == null || code == null) {
      return null;
    }
    NativeStatus.Builder status = new JobEnd(record, failed, code).status();
    return status == null
        ? null
        : status
            .endTime(record.endTime())
            .restarts(restarts == 0 ? null : Integer.valueOf(restarts))
            .build();
  }

  /** Tells whether the job went into error state, from which it can be let into the queue again. */
  static boolean mayBeTriedAgain(AccountingRecord record) {
    Integer failed = record.number("failed");
    return failed != null && failed >= FIRST_ERROR && failed <= LAST_ERROR;
  }

  private NativeStatus.@Nullable Builder status() {
    return switch (failed) {
      case 0, 12, 13, 14, 15, 16 -> exited(); // from 12 on, something after the job went wrong
      case 17, 100 -> killed();
      case 37 -> overLimit();
      case 18, 19, 20, 21, 22 -> nodeFailed();
      case 26, 27, 28, 29 -> inError();
      case 30 -> failure(FailureCause.EXIT_CODE).exitCode(code);
      default -> null;
    };
  }

  private NativeStatus.Builder exited() {
    if (code == 0) {
      return record.showsUsage()
          ? status(JobState.COMPLETED).exitCode(0)
          : failure(FailureCause.LOST)
              .reason("it was removed by force, or is lost: its record shows that nothing ran");
    }
    if (code <= SIGNALED) {
      return failure(FailureCause.EXIT_CODE).exitCode(code);
    }
    FailureCause limit = limit();
    return failure(limit).exitCode(code).reason(limit == null ? null : limitReason());
  }

  private NativeStatus.Builder killed() {
    FailureCause limit = limit();
    if (limit != null) {
      return failure(limit).exitCode(killCode()).reason(limitReason());
    }
    if (killCode() == null) {
      return failure(null).reason("failed " + record.text("failed"));
    }
    return failure(FailureCause.SIGNAL)
        .exitCode(code)
        .reason("killed by signal " + (code - SIGNALED) + deletion());
  }

  private String deletion() {
    return code == SIGNALED + 9 ? ", as by a deletion" : "";
  }

  private NativeStatus.Builder overLimit() {
    FailureCause limit = limit();
    return failure(limit == null ? FailureCause.TIME_LIMIT : limit)
        .exitCode(killCode())
        .reason(limitReason());
  }

  private NativeStatus.Builder nodeFailed() {
    return failure(FailureCause.NODE_FAILURE).reason("failed " + record.text("failed"));
  }

  /** The job went into error state; having left the queue, it was removed from there. */
  private NativeStatus.Builder inError() {
    return failure(FailureCause.REJECTED).reason("failed " + record.text("failed"));
  }

  private @Nullable Integer killCode() {
    return code > SIGNALED ? Integer.valueOf(code) : null;
  }

  /** Hosts end a job that is over a limit with SIGKILL, and do not tell why. */
  private @Nullable FailureCause limit() {
    if (code != SIGNALED + 9) {
      return null;
    }
    if (record.reached("h_rt", "ru_wallclock") || record.reached("h_cpu", "cpu")) {
      return FailureCause.TIME_LIMIT;
    }
    return record.reachedMemory() ? FailureCause.OUT_OF_MEMORY : null;
  }

  private String limitReason() {
    return "over a limit of " + record.text("category") + " (failed " + record.text("failed") + ")";
  }

  private NativeStatus.Builder failure(@Nullable FailureCause cause) {
    return status(JobState.FAILED).cause(cause);
  }

  private NativeStatus.Builder status(JobState state) {
    return NativeStatus.builder("failed " + failed + ", exit_status " + code, state);
  }
}
