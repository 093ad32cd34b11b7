package org.psij.executors;

import java.nio.file.Path;
import java.time.Duration;
import org.psij.JobExecutor;
import org.psij.executors.local.LocalExecutorConfig;

final class LocalLongRunTest extends LongRun {
  @Override
  JobExecutor open(Path workDirectory, Duration retention) {
    LocalExecutorConfig config =
        LocalExecutorConfig.builder().workDirectory(workDirectory).retention(retention).build();
    return JobExecutor.getInstance("local", null, null, config);
  }

  @Override
  Duration interval() {
    return Duration.ofMillis(25);
  }
}
