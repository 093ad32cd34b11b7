package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;

/** Executors that are closed while their jobs end, are cancelled and waited for. */
@Tag("attack")
abstract class ClosingRaces {
  private static final long PATIENCE_SECONDS = 60;
  private static final int JOBS = 4;
  private static final Duration A_WHILE = Duration.ofMillis(200);

  @TempDir Path folder;

  private int closedEarly;

  abstract JobExecutor open(Path workDirectory) throws IOException;

  /** How often to try. */
  abstract int rounds();

  /** Has a job end soon, if it does not by itself. */
  abstract void end(Path workDirectory, Job job) throws IOException;

  @Test
  void nobodyIsLeftWaitingWhenAnExecutorIsClosedWhileJobsEndAndAreCancelled() throws Exception {
    long threads = libraryThreads();
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      for (int round = 0; round < rounds(); round++) {
        race(round, callers);
      }
    } finally {
      callers.shutdownNow();
    }
    System.out.printf(
        "%s: %d rounds of %d jobs; %d jobs had not ended when their executor was closed%n",
        getClass().getSimpleName(), rounds(), JOBS, closedEarly);
    await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> libraryThreads() <= threads);
  }

  private void race(int round, ExecutorService callers) throws Exception {
    Path work = folder.resolve("work");
    Witness witness = new Witness();
    JobExecutor executor = open(work);
    executor.setJobStatusCallback(witness);
    List<Job> jobs =
        IntStream.range(0, JOBS)
            .mapToObj(i -> new Job(JobSpec.builder("/bin/true").build()))
            .toList();
    jobs.get(1).setJobStatusCallback((job, status) -> unlessClosed(job::cancel).run());
    if (round % 2 == 0) {
      jobs.get(2).setJobStatusCallback((job, status) -> executor.close());
    }
    List<Runnable> actions = new ArrayList<>(List.of(executor::close, executor::close));
    for (Job job : jobs) {
      actions.add(unlessClosed(() -> submitAndEnd(executor, work, job)));
      actions.add(unlessClosed(() -> waitFor(job)));
    }
    actions.add(unlessClosed(() -> cancel(jobs.get(0))));
    actions.add(unlessClosed(() -> cancel(jobs.get(0))));
    atOnce(callers, actions, round % 3);
    executor.close();

    for (Job job : jobs) {
      witness.assertInOrder(job);
      assertSettled(job);
    }
  }

  private void submitAndEnd(JobExecutor executor, Path work, Job job) {
    executor.submit(job);
    try {
      end(work, job);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    executor.refresh();
  }

  private static void waitFor(Job job, JobState... targets) {
    try {
      job.waitFor(A_WHILE, targets);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Job job) {
    waitFor(job, JobState.QUEUED);
    job.cancel();
  }

  private static Runnable unlessClosed(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (InvalidStateException | SubmitException e) {
        assertThat(e).hasMessageMatching(".*(closed|is NEW).*");
      }
    };
  }

  /** Starts all at the same moment, those who close a little later than the rest, or not. */
  private static void atOnce(ExecutorService callers, List<Runnable> actions, int delay)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      Runnable action = actions.get(i);
      Duration late = Duration.ofMillis(i < 2 ? 20L * delay : 0);
      running.add(
          callers.submit(
              () -> {
                start.await();
                CompletableFuture.runAsync(
                        action,
                        CompletableFuture.delayedExecutor(
                            late.toMillis(), TimeUnit.MILLISECONDS, callers))
                    .join();
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void assertSettled(Job job) {
    if (job.getNativeId() == null) {
      return; // it came too late
    }
    CompletableFuture<JobStatus> end = job.onFinal();
    assertThat(end).as("%s", job).isDone();
    assertThat(end.isCompletedExceptionally()).isEqualTo(!job.getStatus().isFinal());
    if (!job.getStatus().isFinal()) {
      closedEarly++;
    }
  }

  private static long libraryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("psij-"))
        .count();
  }
}
