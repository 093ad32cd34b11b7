package org.psij.executors.local;

import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.testkit.JobExecutorContract;

class LocalMultipleContractTest extends JobExecutorContract {
  @Override
  public JobExecutor open(JobExecutorConfig config) {
    return JobExecutor.getInstance("local", null, null, config);
  }

  @Override
  public String launcher() {
    return "multiple";
  }
}
