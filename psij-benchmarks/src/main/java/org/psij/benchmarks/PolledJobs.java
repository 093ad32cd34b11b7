package org.psij.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.executors.batch.BatchExecutorConfig;

/** An executor of {@link EchoScheduler} with jobs that wait, and others that have ended. */
final class PolledJobs implements AutoCloseable {
  private final JobExecutor executor;

  /**
   * Opens it, and submits the jobs.
   *
   * @param commands where {@code echo} is; executors with the same folder are polled together
   */
  PolledJobs(Path commands, int live, int finished) {
    executor =
        JobExecutor.getInstance(
            "echo",
            null,
            null,
            BatchExecutorConfig.builder()
                .workDirectory(Scratch.folder())
                .commandFolder(commands)
                .pollingInterval(Duration.ofHours(1))
                .initialDelay(Duration.ofHours(1))
                .graceTime(Duration.ZERO)
                .build());
    submit(EchoScheduler.LIVE, live, new CountDownLatch(live));
    CountDownLatch ended = new CountDownLatch(finished);
    submit("ended", finished, ended);
    executor.refresh();
    Latch.await(ended);
  }

  private void submit(String name, int count, CountDownLatch ended) {
    JobSpec spec = JobSpec.builder("/bin/true").name(name).build();
    List<Job> jobs = Stream.generate(() -> job(spec, ended)).limit(count).toList();
    Map<Job, PsijException> refused = executor.submitAll(jobs);
    if (!refused.isEmpty()) {
      throw refused.values().iterator().next();
    }
  }

  private static Job job(JobSpec spec, CountDownLatch ended) {
    Job job = new Job(spec);
    job.setJobStatusCallback(
        (changed, status) -> {
          if (status.isFinal()) {
            ended.countDown();
          }
        });
    return job;
  }

  /** Milliseconds until all is known again. */
  double pollMillis() {
    long before = System.nanoTime();
    executor.refresh();
    return (System.nanoTime() - before) / 1e6;
  }

  @Override
  public void close() {
    executor.close();
  }
}
