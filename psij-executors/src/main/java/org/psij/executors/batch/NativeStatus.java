package org.psij.executors.batch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;

/** What a scheduler says about one job. Immutable. */
public final class NativeStatus {
  /** What is special about a job that has not ended. */
  public enum Condition {
    /** Nothing. */
    NORMAL,
    /** It waits, and will not be started before somebody releases it. */
    HELD,
    /** It runs, and has been stopped for a while. */
    SUSPENDED,
    /** It has ended, and the scheduler has not yet cleared up after it. */
    ENDING
  }

  private final String nativeState;
  private final @Nullable JobState state;
  private final Condition condition;
  private final @Nullable String reason;
  private final @Nullable FailureCause cause;
  private final @Nullable Integer exitCode;
  private final @Nullable Integer restarts;
  private final @Nullable Instant endTime;
  private final @Nullable String mark;

  private NativeStatus(Builder builder) {
    nativeState = builder.nativeState;
    state = builder.state;
    condition = builder.condition;
    reason = builder.reason;
    cause = builder.cause;
    exitCode = builder.exitCode;
    restarts = builder.restarts;
    endTime = builder.endTime;
    mark = builder.mark;
  }

  /**
   * Starts a status.
   *
   * @param nativeState the state in the scheduler's own words
   * @param state what it means: {@link JobState#QUEUED}, {@link JobState#ACTIVE} or a final state,
   *     or null if it is a state that nobody has heard of
   * @return a new builder
   */
  public static Builder builder(String nativeState, @Nullable JobState state) {
    return new Builder(nativeState, state);
  }

  /**
   * Tells the state in the scheduler's own words.
   *
   * @return the native state
   */
  public String nativeState() {
    return nativeState;
  }

  /**
   * Tells what the native state means.
   *
   * @return the state, or null if it is not known
   */
  public @Nullable JobState state() {
    return state;
  }

  /**
   * Tells whether the job has ended.
   *
   * @return true if the state is final
   */
  public boolean isFinal() {
    return state != null && state.isFinal();
  }

  /**
   * Tells what is special about a job that has not ended.
   *
   * @return the condition
   */
  public Condition condition() {
    return condition;
  }

  /**
   * Tells why the job is in its state, for people.
   *
   * @return the reason, or null if there is none
   */
  public @Nullable String reason() {
    return reason;
  }

  /**
   * Tells why the job failed or was cancelled.
   *
   * @return the cause, or null if it did not, or if nothing is known
   */
  public @Nullable FailureCause cause() {
    return cause;
  }

  /**
   * Tells what the job returned.
   *
   * @return the exit code, 128 and the number of the signal if it was killed, or null if that is
   *     not known
   */
  public @Nullable Integer exitCode() {
    return exitCode;
  }

  /**
   * Tells how often the job was put back into the queue.
   *
   * @return the number, or null if the scheduler does not tell
   */
  public @Nullable Integer restarts() {
    return restarts;
  }

  /**
   * Tells when the job ended.
   *
   * @return the time, or null if it did not, or if it is not known
   */
  public @Nullable Instant endTime() {
    return endTime;
  }

  /**
   * Gives a text in which the path of the job's script can be found if the job is ours. It also
   * shows when the scheduler has given the id to another job.
   *
   * @return the text, or null if the scheduler does not tell
   */
  public @Nullable String mark() {
    return mark;
  }

  @Override
  public String toString() {
    return "NativeStatus["
        + nativeState
        + ", "
        + state
        + ", "
        + condition
        + ", reason="
        + reason
        + ", cause="
        + cause
        + ", exitCode="
        + exitCode
        + ", restarts="
        + restarts
        + "]";
  }

  /** Collects the values of a {@link NativeStatus}. Not safe for use by several threads. */
  public static final class Builder {
    private final String nativeState;
    private final @Nullable JobState state;
    private Condition condition = Condition.NORMAL;
    private @Nullable String reason;
    private @Nullable FailureCause cause;
    private @Nullable Integer exitCode;
    private @Nullable Integer restarts;
    private @Nullable Instant endTime;
    private @Nullable String mark;

    private Builder(String nativeState, @Nullable JobState state) {
      this.nativeState = nativeState;
      this.state = state;
    }

    /**
     * Says what is special about a job that has not ended.
     *
     * @param value the condition, {@link Condition#NORMAL} unless given
     * @return this builder
     */
    public Builder condition(Condition value) {
      condition = value;
      return this;
    }

    /**
     * Says why the job is in its state.
     *
     * @param text the reason, for people, or null
     * @return this builder
     */
    public Builder reason(@Nullable String text) {
      reason = text;
      return this;
    }

    /**
     * Says why the job failed or was cancelled.
     *
     * @param value the cause, or null
     * @return this builder
     */
    public Builder cause(@Nullable FailureCause value) {
      cause = value;
      return this;
    }

    /**
     * Says what the job returned.
     *
     * @param code the exit code, 128 and the number of the signal if it was killed, or null
     * @return this builder
     */
    public Builder exitCode(@Nullable Integer code) {
      exitCode = code;
      return this;
    }

    /**
     * Says how often the job was put back into the queue.
     *
     * @param number the number, or null
     * @return this builder
     */
    public Builder restarts(@Nullable Integer number) {
      restarts = number;
      return this;
    }

    /**
     * Says when the job ended.
     *
     * @param time the time, or null
     * @return this builder
     */
    public Builder endTime(@Nullable Instant time) {
      endTime = time;
      return this;
    }

    /**
     * Gives a text in which the path of the job's script can be found.
     *
     * @param text the text, or null
     * @return this builder
     */
    public Builder mark(@Nullable String text) {
      mark = text;
      return this;
    }

    /**
     * Creates the status.
     *
     * @return the status
     */
    public NativeStatus build() {
      return new NativeStatus(this);
    }
  }
}
