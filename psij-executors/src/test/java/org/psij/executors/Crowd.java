package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;

/** Jobs that each write down that they ran, with callbacks of every manner. */
final class Crowd {
  private final JobExecutor executor;
  private final Path runs;
  private final Function<JobSpec.Builder, JobSpec.Builder> preparation;
  private final Map<Job, Manner> jobs = new ConcurrentHashMap<>();
  private final CountDownLatch unblocked = new CountDownLatch(1);

  /**
   * Begins with no job.
   *
   * @param runs the file to which each job that may end adds a line
   */
  Crowd(JobExecutor executor, Path runs, Function<JobSpec.Builder, JobSpec.Builder> preparation) {
    this.executor = executor;
    this.runs = runs;
    this.preparation = preparation;
  }

  /** Submits one more. */
  Job submit(Manner manner) {
    Job job = new Job(preparation.apply(spec(manner)).build());
    job.setJobStatusCallback((same, status) -> called(same, status, manner));
    jobs.put(job, manner);
    executor.submit(job);
    return job;
  }

  private JobSpec.Builder spec(Manner manner) {
    String shell =
        switch (manner) {
          case CALLBACK_CANCELS -> "exec sleep 120";
          case FAILS -> "echo $PSIJ_JOB_ID >>\"$0\"; exit 3";
          default -> "echo $PSIJ_JOB_ID >>\"$0\"";
        };
    return JobSpec.builder("/bin/sh").arguments("-c", shell, runs.toString());
  }

  private void called(Job job, JobStatus status, Manner manner) {
    switch (manner) {
      case CALLBACK_CANCELS -> cancelOnce(job, status);
      case CALLBACK_THROWS -> throwOnce(status);
      case CALLBACK_BLOCKS -> block();
      case CALLBACK_SUBMITS -> submitAfter(status);
      default -> {}
    }
  }

  /** Some are cancelled as early as can be, some when they run. */
  private static void cancelOnce(Job job, JobStatus status) {
    boolean early = job.getId().hashCode() % 2 == 0;
    if (status.getState() == (early ? JobState.QUEUED : JobState.ACTIVE)) {
      job.cancel();
    }
  }

  private static void throwOnce(JobStatus status) {
    if (status.getState() == JobState.ACTIVE) {
      throw new Unruly();
    }
  }

  private void block() {
    try {
      unblocked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submitAfter(JobStatus status) {
    if (status.isFinal()) {
      submit(Manner.ENDS);
    }
  }

  /** Lets callbacks go on that block. */
  void unblock() {
    unblocked.countDown();
  }

  /** All that were submitted up to now. */
  Collection<Job> jobs() {
    return jobs.keySet();
  }

  /** How many of a manner there are. */
  long count(Manner manner) {
    return jobs.values().stream().filter(manner::equals).count();
  }

  /** Every job has the end of its manner, and those that were not cancelled ran once. */
  void assertTrueEnds() throws IOException {
    assertThat(jobs)
        .allSatisfy(
            (job, manner) ->
                assertThat(job.getStatus().getState())
                    .as("%s: %s", job, manner)
                    .isEqualTo(manner.end()));
    List<String> ran;
    try (var lines = Files.lines(runs)) {
      ran = lines.toList();
    }
    assertThat(ran).doesNotHaveDuplicates();
    assertThat(ran)
        .hasSameElementsAs(
            jobs.entrySet().stream()
                .filter(entry -> entry.getValue() != Manner.CALLBACK_CANCELS)
                .map(entry -> entry.getKey().getId())
                .collect(Collectors.toSet()));
  }

  /** Thrown by callbacks; without a trace, which would fill the log. */
  private static final class Unruly extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unruly() {
      super("thrown by the callback of a test", null, false, false);
    }
  }
}
