package org.psij.executors;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Each job is held in the queue, and has been listed there. */
@Tag("testbed")
final class SlurmWaitingJobsTest extends WaitingJobs {
  @BeforeEach
  void requireTestbed() {
    Testbed.require("slurm");
  }

  @Override
  JobExecutor open(Path workDirectory) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(workDirectory)
            .pollingInterval(Duration.ofSeconds(1))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  @Override
  int jobs() {
    return Soak.cases(200, 2000);
  }

  @Override
  JobSpec waiting() {
    return JobSpec.builder("/bin/true")
        .attributes(JobAttributes.builder().customAttribute("slurm.hold", true).build())
        .build();
  }

  @Override
  boolean isSettled(Job job) {
    return job.getStatus().getMetadata().containsKey(JobStatus.NATIVE_STATE);
  }

  @Override
  void letGo(List<Job> jobs) {
    jobs.parallelStream().forEach(Job::cancel);
  }
}
