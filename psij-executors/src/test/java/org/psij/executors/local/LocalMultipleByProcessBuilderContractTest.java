package org.psij.executors.local;

import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;

/** The same without the spawn helper. */
final class LocalMultipleByProcessBuilderContractTest extends LocalMultipleContractTest {
  @Override
  public JobExecutor open(JobExecutorConfig config) {
    LocalExecutorConfig withoutHelper =
        LocalExecutorConfig.builder().from(config).spawnHelper(false).build();
    return JobExecutor.getInstance("local", null, null, withoutHelper);
  }
}
