package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;

/** Each job is a process that waits for somebody to write to a pipe. */
final class LocalWaitingJobsTest extends WaitingJobs {
  @Override
  JobExecutor open(Path workDirectory) {
    return JobExecutor.getInstance(
        "local", null, null, JobExecutorConfig.builder().workDirectory(workDirectory).build());
  }

  @Override
  int jobs() {
    return Soak.cases(1000, 5000);
  }

  private Path pipe() {
    return folder.resolve("pipe");
  }

  @Override
  JobSpec waiting() throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", pipe().toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return JobSpec.builder("/bin/cat").arguments(pipe().toString()).build();
  }

  @Override
  boolean isSettled(Job job) {
    return job.getStatus().getState() == JobState.ACTIVE;
  }

  /** Opened for both, a pipe has a writer for a moment: all who wait for one find an empty file. */
  @Override
  void letGo(List<Job> jobs) throws IOException {
    new RandomAccessFile(pipe().toFile(), "rw").close();
  }
}
