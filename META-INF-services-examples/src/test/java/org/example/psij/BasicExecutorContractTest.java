package org.example.psij;

import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.testkit.JobExecutorContract;

final class BasicExecutorContractTest extends JobExecutorContract {
  @Override
  public JobExecutor open(JobExecutorConfig config) {
    return JobExecutor.getInstance("basic", null, null, config);
  }
}
