package org.psij.executors.local;

import java.util.List;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;

/** What the end of a process, which nobody asked for, says about its job. */
final class Ends {
  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  private Ends() {}

  /** The process returned, so the job went through all states. */
  static List<JobStatus> of(ProcessEnd end) {
    if (end.exitCode() == 0) {
      return List.of(JobStatus.builder(JobState.COMPLETED).time(end.time()).exitCode(0).build());
    }
    return List.of(
        JobStatus.builder(JobState.CLEANUP).time(end.time()).build(), failed(end, messageFor(end)));
  }

  static JobStatus failed(ProcessEnd end, String message) {
    return JobStatus.builder(JobState.FAILED)
        .time(end.time())
        .exitCode(end.exitCode())
        .cause(end.signal() == null ? FailureCause.EXIT_CODE : FailureCause.SIGNAL)
        .message(message)
        .build();
  }

  static JobStatus.Builder canceled() {
    return JobStatus.builder(JobState.CANCELED)
        .cause(FailureCause.CANCELED_BY_USER)
        .message("cancelled on request");
  }

  static String messageFor(ProcessEnd end) {
    return end.signal() == null
        ? exitCodeMessage(end.exitCode())
        : "killed by " + Signal.nameOf(end.signal());
  }

  static String exitCodeMessage(int exitCode) {
    int signal = exitCode - SIGNAL_BASE;
    return "exit code "
        + exitCode
        + (signal > 0 && signal <= LAST_SIGNAL ? " (as after " + Signal.nameOf(signal) + ")" : "");
  }
}
