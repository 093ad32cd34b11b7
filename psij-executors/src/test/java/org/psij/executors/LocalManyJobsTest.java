package org.psij.executors;

import java.nio.file.Path;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;

final class LocalManyJobsTest extends ManyJobs {
  @Override
  JobExecutor open(Path workDirectory) {
    return JobExecutor.getInstance(
        "local", null, null, JobExecutorConfig.builder().workDirectory(workDirectory).build());
  }

  @Override
  int jobs() {
    return 5000;
  }
}
