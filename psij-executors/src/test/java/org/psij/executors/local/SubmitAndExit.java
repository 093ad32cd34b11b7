package org.psij.executors.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** Submits a long job, writes down its native id, and ends without waiting. */
final class SubmitAndExit {
  private SubmitAndExit() {}

  public static void main(String[] arguments) throws Exception {
    LocalExecutorConfig config =
        LocalExecutorConfig.builder().workDirectory(Path.of(arguments[0])).build();
    Job job = new Job(JobSpec.builder("/bin/sleep").arguments("300").build());
    JobExecutor.getInstance("local", null, null, config).submit(job);
    Files.writeString(Path.of(arguments[1]), String.valueOf(job.getNativeId()));
    Runtime.getRuntime().halt(0);
  }
}
