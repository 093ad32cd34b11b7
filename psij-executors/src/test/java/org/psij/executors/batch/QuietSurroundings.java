package org.psij.executors.batch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;

/** An executor that does nothing of what a job asks for; tests say what it does after all. */
class QuietSurroundings implements BatchRun.Surroundings {
  @Override
  public void report(Job job, JobStatus status) {}

  @Override
  public void after(Duration delay, Runnable task) {}

  @Override
  public void lookSoon(Duration delay) {}

  @Override
  public Duration graceTime() {
    return Duration.ofMinutes(1);
  }

  @Override
  public @Nullable String explainFailure(JobSpec spec, JobDirectory directory, int exitCode) {
    return null;
  }

  @Override
  public boolean isNativeId(String text) {
    return true;
  }

  @Override
  public void ended(BatchRun run) {}
}
