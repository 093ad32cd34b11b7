package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** What a job costs in memory while it waits, without its specification, which all share. */
@Tag("attack")
abstract class WaitingJobs {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FIRST = 20;
  private static final long MOST_BYTES = 4096;

  @TempDir Path folder;

  abstract JobExecutor open(Path workDirectory);

  abstract int jobs();

  /** Describes a job that waits until it is let go. */
  abstract JobSpec waiting() throws IOException;

  /** Whether all is known about a waiting job that will be known before it is let go. */
  abstract boolean isSettled(Job job);

  abstract void letGo(List<Job> jobs) throws IOException;

  @Test
  void aWaitingJobTakesLessThanFourKilobytes() throws IOException {
    JobSpec spec = waiting();
    try (JobExecutor executor = open(folder.resolve("work"))) {
      executor.setJobStatusCallback((job, status) -> {});
      List<Job> first = submit(executor, spec, FIRST);
      long before = Heap.live();
      List<Job> jobs = submit(executor, spec, jobs());
      long perJob = (Heap.live() - before) / jobs.size();
      System.out.printf(
          "%s: %d bytes for each of %d waiting jobs%n",
          getClass().getSimpleName(), perJob, jobs.size());

      await().atMost(PATIENCE).until(() -> haveEnded(first, jobs));
      assertThat(perJob).isLessThan(MOST_BYTES);
    }
  }

  private boolean haveEnded(List<Job> first, List<Job> jobs) throws IOException {
    letGo(first);
    letGo(jobs);
    return jobs.stream().allMatch(job -> job.getStatus().isFinal());
  }

  private List<Job> submit(JobExecutor executor, JobSpec spec, int number) {
    List<Job> jobs = IntStream.range(0, number).mapToObj(i -> new Job(spec)).toList();
    assertThat(executor.submitAll(jobs)).isEmpty();
    await().atMost(PATIENCE).until(() -> jobs.stream().allMatch(this::isSettled));
    return jobs;
  }
}
