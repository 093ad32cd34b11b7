package org.psij.executors;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.psij.JobExecutor;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

@Tag("testbed")
final class SlurmManyJobsTest extends ManyJobs {
  @BeforeEach
  void requireTestbed() {
    Testbed.require("slurm");
  }

  @Override
  JobExecutor open(Path workDirectory) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(workDirectory)
            .pollingInterval(Duration.ofSeconds(5))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  @Override
  int jobs() {
    return Soak.cases(500, 2000);
  }
}
