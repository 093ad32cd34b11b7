package org.psij.cli;

import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The job of which a command wants the files, by the id that its scheduler gave it. */
final class NamedJob {
  @Mixin private ExecutorOption where;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Native id, as psij submit and psij list print it.")
  private String nativeId;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  NamedJob() {}

  JobExecutor open() {
    return where.open();
  }

  Job attach(JobExecutor executor) {
    Job job = new Job();
    executor.attach(job, nativeId);
    return job;
  }

  JobFiles files(JobExecutor executor) {
    return Capabilities.of(executor, JobFiles.class, "gives no access to files of jobs");
  }
}
