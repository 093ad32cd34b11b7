package org.psij.executors.work;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;

/** One line that the script of a job wrote: when it reached which state. Immutable. */
public final class StatusLine {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<time>[0-9]{1,12}(?:\\.[0-9]{1,9})?) (?<state>[A-Z_]+)"
              + "(?: exit=(?<exit>[0-9]{1,3}))?(?: (?!exit=)(?<message>\\P{Cntrl}*))?");

  private static final Pattern SIGNAL =
      Pattern.compile("(?:told to stop; )?killed by (SIG[A-Z0-9+-]+)");

  private final Instant time;
  private final JobState state;
  private final @Nullable Integer exitCode;
  private final @Nullable String message;

  private StatusLine(
      Instant time, JobState state, @Nullable Integer exitCode, @Nullable String message) {
    this.time = time;
    this.state = state;
    this.exitCode = exitCode;
    this.message = message;
  }

  /**
   * Reads a line. One that the disk did not take as a whole is crossed out by a control character,
   * and tells nothing.
   *
   * @param line the line, without its end
   * @return what it says, or null if it tells no state
   */
  static @Nullable StatusLine parse(String line) {
    Matcher parts = FORM.matcher(line);
    if (!parts.matches()) {
      return null;
    }
    try {
      String exit = parts.group("exit");
      return new StatusLine(
          EpochSeconds.parse(parts.group("time")),
          JobState.valueOf(parts.group("state")),
          exit == null ? null : Integer.valueOf(exit),
          parts.group("message"));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null; // STARTED, or a word that this version does not know
    }
  }

  /**
   * Tells when the state was reached.
   *
   * @return the time, by the clock of the machine where the job ran
   */
  public Instant time() {
    return time;
  }

  /**
   * Tells which state was reached.
   *
   * @return the state
   */
  public JobState state() {
    return state;
  }

  /**
   * Tells what the job returned.
   *
   * @return the exit code, or null if it did not run or has not ended
   */
  public @Nullable Integer exitCode() {
    return exitCode;
  }

  /**
   * Tells what the script has to say.
   *
   * @return the message, or null if there is none
   */
  public @Nullable String message() {
    return message;
  }

  /**
   * Tells whether a file could not be brought in or taken out.
   *
   * @return true if that is why the job failed
   */
  public boolean isStagingFailure() {
    return state == JobState.FAILED
        && (exitCode == null || exitCode == 0)
        && message != null
        && (message.startsWith("stage-in: ") || message.startsWith("stage-out: "));
  }

  /**
   * Tells whether the script was asked to end while it ran.
   *
   * @return true if somebody else may know why
   */
  public boolean isToldToStop() {
    return message != null && message.startsWith("told to stop");
  }

  /**
   * Tells which signal ended the executable.
   *
   * @return its name, such as {@code SIGKILL}, or null if it ended by itself, or nobody knows
   */
  public @Nullable String signal() {
    Matcher found = SIGNAL.matcher(message == null ? "" : message);
    return found.lookingAt() ? found.group(1) : null;
  }
}
