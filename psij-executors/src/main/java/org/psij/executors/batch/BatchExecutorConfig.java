package org.psij.executors.batch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobExecutorConfig;
import org.psij.PsijException;

/**
 * Settings of an executor for a batch scheduler. What is not given is taken from the environment
 * variable {@code PSIJ_<EXECUTOR>_<SETTING>}, such as {@code PSIJ_SLURM_POLLING_INTERVAL}, else
 * from {@code PSIJ_BATCH_<SETTING>}, else it has its default. Immutable.
 */
public final class BatchExecutorConfig extends JobExecutorConfig {
  private static final Setting<Duration> POLLING_INTERVAL =
      new Setting<>("POLLING_INTERVAL", Duration.ofSeconds(30), BatchExecutorConfig::parsePositive);
  private static final Setting<Duration> INITIAL_DELAY =
      new Setting<>("INITIAL_DELAY", Duration.ofSeconds(2), BatchExecutorConfig::parseDuration);
  private static final Setting<Duration> GRACE_TIME =
      new Setting<>("GRACE_TIME", Duration.ofSeconds(10), BatchExecutorConfig::parseDuration);
  private static final Setting<Integer> WARNING_THRESHOLD =
      new Setting<>("WARNING_THRESHOLD", 3, Integer::valueOf);
  private static final Setting<Duration> RETENTION =
      new Setting<>("RETENTION", Duration.ofDays(7), BatchExecutorConfig::parseDuration);
  private static final Setting<Boolean> KEEP_FILES =
      new Setting<>("KEEP_FILES", false, BatchExecutorConfig::parseBoolean);
  private static final Setting<Path> COMMAND_FOLDER =
      new Setting<>("COMMAND_FOLDER", null, Path::of);
  private static final Setting<Duration> QUERY_TIMEOUT =
      new Setting<>("QUERY_TIMEOUT", Duration.ofMinutes(1), BatchExecutorConfig::parsePositive);
  private static final Setting<Duration> SUBMIT_TIMEOUT =
      new Setting<>("SUBMIT_TIMEOUT", Duration.ofMinutes(2), BatchExecutorConfig::parsePositive);
  private static final Setting<Integer> SUBMIT_CONCURRENCY =
      new Setting<>("SUBMIT_CONCURRENCY", 8, BatchExecutorConfig::parseCount);
  private static final Setting<JobArrays> JOB_ARRAYS =
      new Setting<>("JOB_ARRAYS", JobArrays.ALWAYS, BatchExecutorConfig::parseArrays);

  /** The settings that have a variable; the test of the documentation goes through them. */
  static final List<Setting<?>> SETTINGS =
      List.of(
          POLLING_INTERVAL,
          INITIAL_DELAY,
          GRACE_TIME,
          WARNING_THRESHOLD,
          RETENTION,
          KEEP_FILES,
          COMMAND_FOLDER,
          QUERY_TIMEOUT,
          SUBMIT_TIMEOUT,
          SUBMIT_CONCURRENCY,
          JOB_ARRAYS);

  private static final String HINT_PORT_VARIABLE = "PSIJ_HINT_PORT";
  private static final int HINTS_OFF = -1;

  private final Map<Setting<?>, Object> given;
  private final Map<Setting<?>, Object> values = new HashMap<>();
  private final @Nullable Integer givenHintPort;
  private final int hintPort;

  private BatchExecutorConfig(
      Builder builder, List<String> prefixes, Function<String, @Nullable String> environment) {
    super(builder);
    given = Map.copyOf(builder.given);
    for (Setting<?> setting : SETTINGS) {
      Object value =
          given.containsKey(setting)
              ? given.get(setting)
              : setting.fromEnvironment(prefixes, environment);
      if (value != null) {
        values.put(setting, value);
      }
    }
    givenHintPort = builder.hintPort;
    hintPort = givenHintPort != null ? givenHintPort : hintPort(environment);
    requireSensible();
  }

  private void requireSensible() {
    requirePositive("polling interval", getPollingInterval());
    requirePositive("query timeout", getQueryTimeout());
    requirePositive("submit timeout", getSubmitTimeout());
    if (getSubmitConcurrency() < 1) {
      throw new IllegalArgumentException(
          "The submit concurrency must be at least 1, was " + getSubmitConcurrency());
    }
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("The " + what + " must be positive, was " + value);
    }
  }

  private static int hintPort(Function<String, @Nullable String> environment) {
    String text = environment.apply(HINT_PORT_VARIABLE);
    if (text == null || text.isBlank()) {
      return 0;
    }
    if (text.strip().equalsIgnoreCase("off")) {
      return HINTS_OFF;
    }
    try {
      return requirePort(Integer.parseInt(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new PsijException(
          HINT_PORT_VARIABLE + " must be a port, 0 or off, was '" + text + "'", e);
    }
  }

  private static int requirePort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("A port is from 0 to 65535, was " + port);
    }
    return port;
  }

  private static Duration parsePositive(String text) {
    Duration value = parseDuration(text);
    if (value.isZero()) {
      throw new IllegalArgumentException("expected more than zero");
    }
    return value;
  }

  private static int parseCount(String text) {
    int value = Integer.parseInt(text);
    if (value < 1) {
      throw new IllegalArgumentException("expected at least 1");
    }
    return value;
  }

  /** A plain number is one of seconds. */
  private static Duration parseDuration(String text) {
    return JobAttributes.parseWalltime(text.matches("[0-9]+") ? text + "s" : text);
  }

  private static JobArrays parseArrays(String text) {
    return JobArrays.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  /** Completes settings that were meant for any executor, as the named one sees them. */
  static BatchExecutorConfig of(
      JobExecutorConfig config, String executor, Function<String, @Nullable String> environment) {
    Builder builder = builder().from(config);
    if (config instanceof BatchExecutorConfig batch) {
      builder.given.putAll(batch.given);
      builder.hintPort = batch.givenHintPort;
    }
    String own = executor.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return new BatchExecutorConfig(
        builder, List.of("PSIJ_" + own + "_", Setting.COMMON_PREFIX), environment);
  }

  /**
   * Starts settings in which nothing is given.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @SuppressWarnings("unchecked") // only values of the setting's type are put in
  private <T> @Nullable T find(Setting<T> setting) {
    return (T) values.get(setting);
  }

  private <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }

  /**
   * Tells how often the scheduler is asked for the states of jobs.
   *
   * @return the time between two questions, 30 seconds unless given
   */
  public Duration getPollingInterval() {
    return get(POLLING_INTERVAL);
  }

  /**
   * Tells how long after the first submission the scheduler is asked for the first time.
   *
   * @return the time, 2 seconds unless given
   */
  public Duration getInitialDelay() {
    return get(INITIAL_DELAY);
  }

  /**
   * Tells how long after a job left the queue something may still come that tells how it ended.
   *
   * @return the time, 10 seconds unless given
   */
  public Duration getGraceTime() {
    return get(GRACE_TIME);
  }

  /**
   * Tells how many questions in a row the scheduler may leave unanswered before a warning is
   * logged.
   *
   * @return the number, 3 unless given
   */
  public int getWarningThreshold() {
    return get(WARNING_THRESHOLD);
  }

  /**
   * Tells how long the files of ended jobs are kept in the work directory.
   *
   * @return the time, 7 days unless given
   */
  public Duration getRetention() {
    return get(RETENTION);
  }

  /**
   * Tells whether the files of ended jobs are kept for ever.
   *
   * @return false unless given
   */
  public boolean isKeepFiles() {
    return get(KEEP_FILES);
  }

  /**
   * Tells where the scheduler's commands are.
   *
   * @return the folder, or null to search {@code PATH}
   */
  public @Nullable Path getCommandFolder() {
    return find(COMMAND_FOLDER);
  }

  /**
   * Tells how long a command that asks something may take.
   *
   * @return the time, 1 minute unless given
   */
  public Duration getQueryTimeout() {
    return get(QUERY_TIMEOUT);
  }

  /**
   * Tells how long a command that submits or cancels may take.
   *
   * @return the time, 2 minutes unless given
   */
  public Duration getSubmitTimeout() {
    return get(SUBMIT_TIMEOUT);
  }

  /**
   * Tells how many submit commands may run at once.
   *
   * @return the number, 8 unless given
   */
  public int getSubmitConcurrency() {
    return get(SUBMIT_CONCURRENCY);
  }

  /**
   * Tells which jobs {@code submitAll} may hand over as one array, where the scheduler has arrays.
   *
   * @return which, {@link JobArrays#ALWAYS} unless given
   */
  public JobArrays getJobArrays() {
    return get(JOB_ARRAYS);
  }

  /**
   * Tells at which UDP port scripts knock when something has happened. All executors of a process
   * share it; the first one that is opened decides.
   *
   * @return the port, 0 for any, which it is unless given, or -1 for none
   */
  public int getHintPort() {
    return hintPort;
  }

  /** Collects the values of a {@link BatchExecutorConfig}. */
  public static final class Builder extends JobExecutorConfig.Builder<Builder> {
    private final Map<Setting<?>, Object> given = new HashMap<>();
    private @Nullable Integer hintPort;

    private Builder() {}

    private <T> Builder set(Setting<T> setting, T value) {
      given.put(setting, value);
      return this;
    }

    /**
     * Says how often the scheduler is asked for the states of jobs.
     *
     * @param time the time between two questions, more than zero
     * @return this builder
     */
    public Builder pollingInterval(Duration time) {
      return set(POLLING_INTERVAL, time);
    }

    /**
     * Says how long after the first submission the scheduler is asked for the first time.
     *
     * @param time the time
     * @return this builder
     */
    public Builder initialDelay(Duration time) {
      return set(INITIAL_DELAY, time);
    }

    /**
     * Says how long after a job left the queue something may still come that tells how it ended.
     *
     * @param time the time
     * @return this builder
     */
    public Builder graceTime(Duration time) {
      return set(GRACE_TIME, time);
    }

    /**
     * Says how many questions in a row the scheduler may leave unanswered before a warning is
     * logged.
     *
     * @param failures the number
     * @return this builder
     */
    public Builder warningThreshold(int failures) {
      return set(WARNING_THRESHOLD, failures);
    }

    /**
     * Says how long the files of ended jobs are kept in the work directory.
     *
     * @param time the time
     * @return this builder
     */
    public Builder retention(Duration time) {
      return set(RETENTION, time);
    }

    /**
     * Says whether the files of ended jobs are kept for ever.
     *
     * @param keep true to remove none
     * @return this builder
     */
    public Builder keepFiles(boolean keep) {
      return set(KEEP_FILES, keep);
    }

    /**
     * Says where the scheduler's commands are.
     *
     * @param folder the folder
     * @return this builder
     */
    public Builder commandFolder(Path folder) {
      return set(COMMAND_FOLDER, folder);
    }

    /**
     * Says how long a command that asks something may take.
     *
     * @param time the time, more than zero
     * @return this builder
     */
    public Builder queryTimeout(Duration time) {
      return set(QUERY_TIMEOUT, time);
    }

    /**
     * Says how long a command that submits or cancels may take.
     *
     * @param time the time, more than zero
     * @return this builder
     */
    public Builder submitTimeout(Duration time) {
      return set(SUBMIT_TIMEOUT, time);
    }

    /**
     * Says how many submit commands may run at once.
     *
     * @param commands at least 1
     * @return this builder
     */
    public Builder submitConcurrency(int commands) {
      return set(SUBMIT_CONCURRENCY, commands);
    }

    /**
     * Says which jobs {@code submitAll} may hand over as one array, where the scheduler has arrays.
     *
     * @param arrays which
     * @return this builder
     */
    public Builder jobArrays(JobArrays arrays) {
      return set(JOB_ARRAYS, arrays);
    }

    /**
     * Says at which UDP port scripts knock when something has happened.
     *
     * @param port the port, or 0 for any
     * @return this builder
     */
    public Builder hintPort(int port) {
      hintPort = requirePort(port);
      return this;
    }

    /**
     * Turns hints off: news come with the next question to the scheduler only.
     *
     * @return this builder
     */
    public Builder withoutHints() {
      hintPort = HINTS_OFF;
      return this;
    }

    @Override
    public BatchExecutorConfig build() {
      return new BatchExecutorConfig(this, List.of(Setting.COMMON_PREFIX), System::getenv);
    }
  }
}
