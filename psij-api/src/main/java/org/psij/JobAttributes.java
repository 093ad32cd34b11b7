package org.psij;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be treated by a scheduler: for how long, in which queue, on whose account (PSI/J:
 * {@code JobAttributes}). Immutable.
 */
public final class JobAttributes {
  /** The walltime of a job for which none is given: 10 minutes. */
  public static final Duration DEFAULT_DURATION = Duration.ofMinutes(10);

  private final @Nullable Duration duration;
  private final @Nullable String queueName;
  private final @Nullable String account;
  private final @Nullable String reservationId;
  private final Map<String, @Nullable Object> customAttributes;

  private JobAttributes(Builder builder) {
    duration = builder.duration;
    if (duration != null && duration.isNegative()) {
      throw new InvalidJobException("attributes.duration", "must not be negative, was " + duration);
    }
    queueName = FieldCheck.nonEmptyText("attributes.queue_name", builder.queueName);
    account = FieldCheck.nonEmptyText("attributes.account", builder.account);
    reservationId = FieldCheck.nonEmptyText("attributes.reservation_id", builder.reservationId);
    Map<String, @Nullable Object> custom = new LinkedHashMap<>();
    builder.customAttributes.forEach((key, value) -> custom.put(key, customValue(key, value)));
    customAttributes = Collections.unmodifiableMap(custom);
  }

  private static @Nullable Object customValue(String key, @Nullable Object value) {
    String field = "attributes.custom_attributes." + key.replace("\0", "\\0");
    if (key.isBlank() || key.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidJobException(
          field, "a name must not be blank or hold control characters, was '" + key + "'");
    }
    FieldCheck.wellFormed(field, key);
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        values.add(scalar(field + "[" + i + "]", list.get(i)));
      }
      return Collections.unmodifiableList(values);
    }
    return scalar(field, value);
  }

  private static Object scalar(String field, @Nullable Object value) {
    if (value instanceof String text) {
      return FieldCheck.text(field, text);
    }
    if (value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
    }
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        throw new InvalidJobException(field, "must be a finite number, was " + number);
      }
      return number;
    }
    throw new InvalidJobException(
        field,
        "must be a string, a boolean, a number, or a list of these, was "
            + (value == null ? "null" : value.getClass().getName() + " " + value));
  }

  /**
   * Reads a duration as people write it:
   *
   * <ul>
   *   <li>{@code hh:mm:ss}, {@code hh:mm}, or {@code mm} (minutes). Hours are not bounded; minutes
   *       and seconds after a colon go up to 59.
   *   <li>{@code d-hh:mm:ss}, {@code d-hh:mm}, or {@code d-hh} (days and hours), as sbatch(1) takes
   *       it; hours go up to 23.
   *   <li>A number with a unit, {@code y} (365 days), {@code M} (30 days), {@code d}, {@code h},
   *       {@code m}, {@code s}, {@code ms}, with at most one space between them; the number may
   *       have a fraction ({@code 600.0 s}, as psij-python writes it). Several of them are added,
   *       the greater units first ({@code 1h30m}, {@code 2 d 12 h}).
   * </ul>
   *
   * <p>Less than a nanosecond is rounded half up.
   *
   * @param walltime the text
   * @return the duration
   * @throws InvalidJobException if the text is in none of these forms
   */
  public static Duration parseWalltime(String walltime) {
    Duration duration = Walltime.parse(walltime);
    if (duration == null) {
      throw new InvalidJobException(
          "attributes.duration",
          "expected hh:mm:ss, hh:mm, mm, d-hh, d-hh:mm, d-hh:mm:ss, or numbers each with one of y,"
              + " M, d, h, m, s, ms, was '"
              + walltime
              + "'");
    }
    return duration;
  }

  /**
   * Writes a duration in a form that {@link #parseWalltime} reads: {@code hh:mm:ss} for whole
   * seconds, with as many hours as it takes, otherwise seconds with a fraction, as in {@code 0.5
   * s}.
   *
   * @param duration the duration, not negative
   * @return the text
   */
  public static String formatWalltime(Duration duration) {
    return Walltime.format(duration);
  }

  /**
   * Starts attributes in which nothing is given.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts attributes with the values of these.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder copy =
        new Builder()
            .queueName(queueName)
            .account(account)
            .reservationId(reservationId)
            .customAttributes(customAttributes);
    copy.duration = duration;
    return copy;
  }

  /** The same, and where these leave something open, what others say. */
  JobAttributes over(JobAttributes defaults) {
    Builder merged = defaults.toBuilder();
    merged.duration = JobSpec.either(duration, defaults.duration);
    merged.queueName = JobSpec.either(queueName, defaults.queueName);
    merged.account = JobSpec.either(account, defaults.account);
    merged.reservationId = JobSpec.either(reservationId, defaults.reservationId);
    merged.customAttributes.putAll(customAttributes);
    return merged.build();
  }

  /**
   * Tells for how long the job may run; a scheduler may end it after that time.
   *
   * @return the walltime, {@link #DEFAULT_DURATION} unless given
   */
  public Duration getDuration() {
    return duration == null ? DEFAULT_DURATION : duration;
  }

  /**
   * Tells whether a walltime was given, be it the one that holds by default.
   *
   * @return false if {@link #getDuration()} is the default for want of another
   */
  public boolean isDurationGiven() {
    return duration != null;
  }

  /**
   * Tells to which queue or partition the job goes.
   *
   * @return the name of the queue, or null for the scheduler's choice
   */
  public @Nullable String getQueueName() {
    return queueName;
  }

  /**
   * Tells which account or project is charged.
   *
   * @return the name of the account, or null for the scheduler's choice
   */
  public @Nullable String getAccount() {
    return account;
  }

  /**
   * Tells in which advance reservation the job runs.
   *
   * @return the id of the reservation, or null if in none
   */
  public @Nullable String getReservationId() {
    return reservationId;
  }

  /**
   * Tells what is handed to particular executors, keyed by {@code <executor>.<key>}.
   *
   * @return the values: String, Boolean, Long, BigInteger, finite Double, a List of these, or null
   *     for a directive that is to be left out; in the order given; cannot be modified
   */
  public Map<String, @Nullable Object> getCustomAttributes() {
    return customAttributes;
  }

  /**
   * Looks up one custom attribute.
   *
   * @param name its full name, such as {@code slurm.constraint}
   * @return its value, or null if it is null or not given
   */
  public @Nullable Object getCustomAttribute(String name) {
    return customAttributes.get(name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JobAttributes that
        && getDuration().equals(that.getDuration())
        && Objects.equals(queueName, that.queueName)
        && Objects.equals(account, that.account)
        && Objects.equals(reservationId, that.reservationId)
        && customAttributes.equals(that.customAttributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getDuration(), queueName, account, reservationId, customAttributes);
  }

  @Override
  public String toString() {
    return "JobAttributes[duration="
        + getDuration()
        + ", queueName="
        + queueName
        + ", account="
        + account
        + ", reservationId="
        + reservationId
        + ", customAttributes="
        + customAttributes
        + "]";
  }

  /** Collects the values of {@link JobAttributes}. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Duration duration;
    private @Nullable String queueName;
    private @Nullable String account;
    private @Nullable String reservationId;
    private final Map<String, @Nullable Object> customAttributes = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Says for how long the job may run.
     *
     * @param walltime not negative
     * @return this builder
     */
    public Builder duration(Duration walltime) {
      duration = Objects.requireNonNull(walltime, "walltime");
      return this;
    }

    /**
     * Says to which queue or partition the job goes.
     *
     * @param queue the name of the queue, or null for the scheduler's choice
     * @return this builder
     */
    public Builder queueName(@Nullable String queue) {
      queueName = queue;
      return this;
    }

    /**
     * Says which account or project is charged.
     *
     * @param name the name of the account, or null for the scheduler's choice
     * @return this builder
     */
    public Builder account(@Nullable String name) {
      account = name;
      return this;
    }

    /**
     * Says in which advance reservation the job runs.
     *
     * @param id the id of the reservation, or null if in none
     * @return this builder
     */
    public Builder reservationId(@Nullable String id) {
      reservationId = id;
      return this;
    }

    /**
     * Adds one custom attribute.
     *
     * @param name {@code <executor>.<key>}
     * @param value a String, a Boolean, a number, a List of these, or null to have a directive left
     *     out that would be written otherwise
     * @return this builder
     */
    public Builder customAttribute(String name, @Nullable Object value) {
      customAttributes.put(name, value);
      return this;
    }

    /**
     * Replaces the custom attributes.
     *
     * @param attributes all of them, with values as for {@link #customAttribute}
     * @return this builder
     */
    public Builder customAttributes(Map<String, ? extends @Nullable Object> attributes) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(attributes);
      customAttributes.clear();
      customAttributes.putAll(copy);
      return this;
    }

    /**
     * Creates the attributes.
     *
     * @return the attributes
     * @throws InvalidJobException if a value is wrong in itself
     */
    public JobAttributes build() {
      return new JobAttributes(this);
    }
  }
}
