package org.psij;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A state that a job entered, and what is known about it (PSI/J: {@code JobStatus}). Immutable. */
public final class JobStatus {
  /** Metadata key: the state in the scheduler's own words, a String. */
  public static final String NATIVE_STATE = "nativeState";

  /** Metadata key: which run of a requeued job this is, a Long, 1 for the first. */
  public static final String ATTEMPT = "attempt";

  /**
   * Metadata key: what happened in a state that the job is already in, a String: {@code hold},
   * {@code release}, {@code suspend}, {@code resume} or {@code requeue}.
   */
  public static final String EVENT = "event";

  private final JobState state;
  private final Instant time;
  private final @Nullable String message;
  private final @Nullable Integer exitCode;
  private final @Nullable FailureCause cause;
  private final Map<String, Object> metadata;

  private JobStatus(Builder builder) {
    state = builder.state;
    time = builder.time == null ? Instant.now() : builder.time;
    message = builder.message;
    exitCode = builder.exitCode;
    cause = builder.cause;
    metadata =
        builder.metadata == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(builder.metadata));
  }

  /**
   * Starts a status.
   *
   * @param state the state that the job entered
   * @return a new builder
   */
  public static Builder builder(JobState state) {
    return new Builder(state);
  }

  /**
   * Starts a status with the values of this one.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder copy = new Builder(state).time(time).message(message).exitCode(exitCode).cause(cause);
    metadata.forEach(copy::metadata);
    return copy;
  }

  /**
   * Names the state.
   *
   * @return the state
   */
  public JobState getState() {
    return state;
  }

  /**
   * Tells when the job entered the state, as well as it is known.
   *
   * @return the time
   */
  public Instant getTime() {
    return time;
  }

  /**
   * Explains the state to a person.
   *
   * @return the explanation, or null if there is none
   */
  public @Nullable String getMessage() {
    return message;
  }

  /**
   * Tells what the job returned.
   *
   * @return the exit code, or null if the job has none or it is not known
   */
  public @Nullable Integer getExitCode() {
    return exitCode;
  }

  /**
   * Tells why the job failed or was cancelled.
   *
   * @return the cause, or null if the state is neither {@link JobState#FAILED} nor {@link
   *     JobState#CANCELED}
   */
  public @Nullable FailureCause getCause() {
    return cause;
  }

  /**
   * Lists what else the executor tells; keys are constants of this class, or the executor's own.
   *
   * @return values by key; cannot be modified
   */
  public Map<String, Object> getMetadata() {
    return metadata;
  }

  /**
   * Tells whether no other state follows.
   *
   * @return {@link JobState#isFinal()} of the state
   */
  public boolean isFinal() {
    return state.isFinal();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JobStatus that
        && state == that.state
        && time.equals(that.time)
        && Objects.equals(message, that.message)
        && Objects.equals(exitCode, that.exitCode)
        && cause == that.cause
        && metadata.equals(that.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(state, time, message, exitCode, cause, metadata);
  }

  @Override
  public String toString() {
    return state
        + " at "
        + time
        + (exitCode == null ? "" : ", exit code " + exitCode)
        + (cause == null ? "" : ", " + cause)
        + (message == null ? "" : ": " + message)
        + (metadata.isEmpty() ? "" : " " + metadata);
  }

  /** Collects the values of a {@link JobStatus}. Not safe for use by several threads. */
  public static final class Builder {
    private final JobState state;
    private @Nullable Instant time;
    private @Nullable String message;
    private @Nullable Integer exitCode;
    private @Nullable FailureCause cause;
    private @Nullable Map<String, Object> metadata;

    private Builder(JobState state) {
      this.state = Objects.requireNonNull(state, "state");
    }

    /**
     * Says when the job entered the state.
     *
     * @param instant the time, or null for the time of {@link #build()}
     * @return this builder
     */
    public Builder time(@Nullable Instant instant) {
      time = instant;
      return this;
    }

    /**
     * Explains the state.
     *
     * @param text the explanation, or null for none
     * @return this builder
     */
    public Builder message(@Nullable String text) {
      message = text;
      return this;
    }

    /**
     * Says what the job returned.
     *
     * @param code the exit code, or null if there is none
     * @return this builder
     */
    public Builder exitCode(@Nullable Integer code) {
      exitCode = code;
      return this;
    }

    /**
     * Says why the job failed or was cancelled.
     *
     * @param reason the cause, or null if it did neither
     * @return this builder
     */
    public Builder cause(@Nullable FailureCause reason) {
      cause = reason;
      return this;
    }

    /**
     * Adds something else.
     *
     * @param key a constant of {@link JobStatus}, or a key of the executor's own
     * @param value an immutable value
     * @return this builder
     */
    public Builder metadata(String key, Object value) {
      if (metadata == null) {
        metadata = new LinkedHashMap<>();
      }
      metadata.put(key, value);
      return this;
    }

    /**
     * Creates the status.
     *
     * @return the status
     */
    public JobStatus build() {
      return new JobStatus(this);
    }
  }
}
