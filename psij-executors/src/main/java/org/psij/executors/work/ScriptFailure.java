package org.psij.executors.work;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;

/** What follows from the last word of a script whose job failed. */
public final class ScriptFailure {
  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  private ScriptFailure() {}

  /**
   * Describes the failure.
   *
   * @param lastWord the last line of the script, with the state FAILED
   * @param explainFailure finds what the launcher says of an exit code, or null
   * @return the status
   */
  public static JobStatus.Builder of(
      StatusLine lastWord, IntFunction<@Nullable String> explainFailure) {
    JobStatus.Builder status =
        JobStatus.builder(JobState.FAILED).time(lastWord.time()).exitCode(lastWord.exitCode());
    String note = lastWord.message();
    if (lastWord.isStagingFailure()) {
      return status.cause(FailureCause.STAGING).message(note);
    }
    int code = lastWord.exitCode() == null ? 1 : lastWord.exitCode();
    String problem = explainFailure.apply(code);
    if (problem != null) {
      return status.cause(FailureCause.LAUNCHER).message(problem);
    }
    if (lastWord.signal() != null) {
      return status.cause(FailureCause.SIGNAL).message(note);
    }
    String message = exitCodeMessage(code);
    return status
        .cause(FailureCause.EXIT_CODE)
        .message(note == null ? message : message + "; " + note);
  }

  /**
   * Says in words what an exit code means.
   *
   * @param code the exit code
   * @return the words
   */
  public static String exitCodeMessage(int code) {
    int signal = code - SIGNAL_BASE;
    String meaning = "";
    if (signal > 0 && signal <= LAST_SIGNAL) {
      meaning = " (as after " + Signal.nameOf(signal) + ")";
    } else if (code == 127) {
      meaning = " (as when a command is not found)";
    } else if (code == 126) {
      meaning = " (as when a command may not be executed)";
    }
    return "exit code " + code + meaning;
  }
}
