package org.psij.executors.batch;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.testkit.JobExecutorContract;

/** The contracts on a real scheduler of the testbed. */
@Tag("testbed")
public abstract class BatchContract extends JobExecutorContract {
  private final String scheduler;
  private final @Nullable String launcher;

  protected BatchContract(String scheduler, @Nullable String launcher) {
    this.scheduler = scheduler;
    this.launcher = launcher;
  }

  @BeforeEach
  final void requireTestbed() {
    Testbed.require(scheduler);
  }

  @Override
  public JobExecutor open(JobExecutorConfig config) {
    BatchExecutorConfig quick =
        BatchExecutorConfig.builder().from(config).pollingInterval(Duration.ofSeconds(2)).build();
    return JobExecutor.getInstance(scheduler, null, null, quick);
  }

  @Override
  public @Nullable String launcher() {
    return launcher;
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return Set.of("HOME", "PATH", "USER", "TMPDIR").contains(variable);
  }
}
