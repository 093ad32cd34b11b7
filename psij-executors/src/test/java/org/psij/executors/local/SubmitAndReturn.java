package org.psij.executors.local;

import java.nio.file.Path;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;

/** Submits a job, is told of its end, and returns with the executor open. */
final class SubmitAndReturn {
  private SubmitAndReturn() {}

  public static void main(String[] arguments) throws Exception {
    JobExecutorConfig config =
        JobExecutorConfig.builder().workDirectory(Path.of(arguments[0])).build();
    JobExecutor executor = JobExecutor.getInstance("local", null, null, config);
    executor.setJobStatusCallback((job, status) -> {});
    Job ended = new Job(JobSpec.builder("/bin/true").launcher("multiple").build());
    executor.submit(ended);
    ended.waitFor();
    executor.submit(new Job(JobSpec.builder("/bin/sleep").arguments("5").build()));
  }
}
