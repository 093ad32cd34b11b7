package org.psij.executors.local;

import java.time.Duration;
import java.util.Objects;
import org.psij.JobExecutorConfig;

/** Settings of the local executor. Immutable. */
public final class LocalExecutorConfig extends JobExecutorConfig {
  private final Duration terminationGrace;
  private final Duration retention;
  private final boolean walltimeEnforced;
  private final boolean spawnHelper;

  private LocalExecutorConfig(Builder builder) {
    super(builder);
    terminationGrace = builder.terminationGrace;
    retention = builder.retention;
    walltimeEnforced = builder.walltimeEnforced;
    spawnHelper = builder.spawnHelper;
  }

  /** Completes settings that were meant for any executor. */
  static LocalExecutorConfig of(JobExecutorConfig config) {
    return config instanceof LocalExecutorConfig local ? local : builder().from(config).build();
  }

  /**
   * Starts settings in which nothing is given.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells how long the processes of a cancelled job have between SIGTERM and SIGKILL.
   *
   * @return the time, 2 seconds unless given
   */
  public Duration getTerminationGrace() {
    return terminationGrace;
  }

  /**
   * Tells how long the files of ended jobs are kept in the work directory.
   *
   * @return the time, 7 days unless given
   */
  public Duration getRetention() {
    return retention;
  }

  /**
   * Tells whether a job is ended when its {@link org.psij.JobAttributes#getDuration() duration} is
   * over.
   *
   * @return false unless given
   */
  public boolean isWalltimeEnforced() {
    return walltimeEnforced;
  }

  /**
   * Tells whether a resident process of {@code /usr/bin/python3} starts the jobs, where there is
   * one that passes its self-test. Exit codes are then known even if this JVM is killed, and
   * signals are told from exit codes.
   *
   * @return true unless given, here or as {@code PSIJ_LOCAL_SPAWN_HELPER=off}
   */
  public boolean isSpawnHelper() {
    return spawnHelper;
  }

  /** Collects the values of a {@link LocalExecutorConfig}. */
  public static final class Builder extends JobExecutorConfig.Builder<Builder> {
    private Duration terminationGrace = Duration.ofSeconds(2);
    private Duration retention = Duration.ofDays(7);
    private boolean walltimeEnforced;
    private boolean spawnHelper = !"off".equalsIgnoreCase(System.getenv("PSIJ_LOCAL_SPAWN_HELPER"));

    private Builder() {}

    /**
     * Says how long the processes of a cancelled job have between SIGTERM and SIGKILL.
     *
     * @param time the time, zero for SIGKILL at once
     * @return this builder
     */
    public Builder terminationGrace(Duration time) {
      terminationGrace = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Says how long the files of ended jobs are kept in the work directory.
     *
     * @param time the time
     * @return this builder
     */
    public Builder retention(Duration time) {
      retention = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Says whether a job is ended when its duration is over.
     *
     * @param enforced true to end it
     * @return this builder
     */
    public Builder walltimeEnforced(boolean enforced) {
      walltimeEnforced = enforced;
      return this;
    }

    /**
     * Says whether a resident helper may start the jobs.
     *
     * @param wanted false to start them from this JVM in any case
     * @return this builder
     */
    public Builder spawnHelper(boolean wanted) {
      spawnHelper = wanted;
      return this;
    }

    @Override
    public LocalExecutorConfig build() {
      return new LocalExecutorConfig(this);
    }
  }
}
