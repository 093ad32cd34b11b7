package org.psij.executors;

import java.nio.file.Path;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;

final class LocalClosingRacesTest extends ClosingRaces {
  @Override
  JobExecutor open(Path workDirectory) {
    return JobExecutor.getInstance(
        "local", null, null, JobExecutorConfig.builder().workDirectory(workDirectory).build());
  }

  @Override
  int rounds() {
    return Soak.cases(100, 3000);
  }

  @Override
  void end(Path workDirectory, Job job) {}
}
