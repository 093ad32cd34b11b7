package org.psij.executors;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.psij.JobExecutor;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

@Tag("testbed")
final class SlurmLongRunTest extends LongRun {
  @BeforeEach
  void requireTestbed() {
    Testbed.require("slurm");
  }

  @Override
  JobExecutor open(Path workDirectory, Duration retention) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(workDirectory)
            .retention(retention)
            .pollingInterval(Duration.ofSeconds(2))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  @Override
  Duration interval() {
    return Duration.ofMillis(300);
  }
}
