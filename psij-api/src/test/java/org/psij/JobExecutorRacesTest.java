package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;
import static org.psij.JobState.QUEUED;
import static org.psij.JobState.STAGE_OUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many threads do to the same jobs at the same moment, many times over. */
class JobExecutorRacesTest {
  private static final int ROUNDS = 1000;
  private static final long PATIENCE_SECONDS = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Starts all at the same moment, and waits for all to end. */
  private void atOnce(List<Runnable> actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    List<Future<?>> running = new ArrayList<>();
    for (Runnable action : actions) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                action.run();
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Runnable unlessClosed(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (InvalidStateException e) {
        assertThat(e).hasMessageContaining("closed");
      }
    };
  }

  private static void waitFor(Job job) {
    try {
      assertThat(job.waitFor().isFinal()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoeverWaitsIsLetGoWhenAnExecutorIsClosedWhileJobsEnd() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RecordingExecutor executor = RecordingExecutor.open();
      Job closing = executor.submitted((job, status) -> executor.close());
      Job cancelling = executor.submitted((job, status) -> unlessClosed(job::cancel).run());
      Job plain = executor.submitted(null);
      List<Job> jobs = List.of(closing, cancelling, plain);
      List<CompletableFuture<JobStatus>> ends = jobs.stream().map(Job::onFinal).toList();
      List<Runnable> actions = new ArrayList<>();
      for (Job job : jobs) {
        actions.add(() -> executor.tell(job, ACTIVE, COMPLETED));
        actions.add(unlessClosed(() -> waitFor(job)));
        actions.add(unlessClosed(job::cancel));
      }
      actions.add(executor::close);
      actions.add(executor::close);
      atOnce(actions);
      executor.close();

      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> executor.closings.get() == 1); // by whoever was the first
      for (int i = 0; i < jobs.size(); i++) {
        assertSettled(jobs.get(i), ends.get(i));
      }
    }
  }

  /** The future of a job has its end if it has ended, and fails if not. */
  private static void assertSettled(Job job, CompletableFuture<JobStatus> end) throws Exception {
    JobStatus told =
        end.exceptionally(e -> JobStatus.builder(QUEUED).build())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(told.isFinal()).as("%s: %s", job, end).isEqualTo(job.getStatus().isFinal());
    assertThat(job.onFinal()).isDone();
  }

  @Test
  void aJobSubmittedWhileItsExecutorIsClosedIsEitherNewOrLetGo() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RecordingExecutor executor = RecordingExecutor.open();
      List<Job> jobs = IntStream.range(0, 3).mapToObj(i -> RecordingExecutor.job()).toList();
      List<Runnable> actions = new ArrayList<>();
      jobs.forEach(job -> actions.add(unlessClosed(() -> executor.submit(job))));
      actions.add(executor::close);
      atOnce(actions);

      for (Job job : jobs) {
        if (job.getNativeId() == null) {
          assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
        } else {
          assertThat(job.onFinal()).isCompletedExceptionally();
        }
      }
    }
  }

  @Test
  void statesReportedFromManyThreadsAreToldOnceInOrderWithTimesThatNeverGoBack() throws Exception {
    try (RecordingExecutor executor = RecordingExecutor.open()) {
      for (int round = 0; round < ROUNDS; round++) {
        ConcurrentLinkedQueue<JobStatus> told = new ConcurrentLinkedQueue<>();
        CountDownLatch endTold = new CountDownLatch(1);
        Job job =
            executor.submitted(
                (same, status) -> {
                  told.add(status);
                  if (status.isFinal()) {
                    endTold.countDown();
                  }
                });
        CompletableFuture<JobStatus> end = job.onFinal();
        atOnce(
            List.of(
                () -> executor.tell(job, QUEUED, ACTIVE),
                () -> executor.tell(job, ACTIVE, STAGE_OUT, COMPLETED),
                () -> executor.tell(job, FAILED),
                () -> executor.tell(job, QUEUED, COMPLETED),
                () -> executor.cancel(job),
                () -> executor.cancel(job)));

        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(endTold.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertInOrder(List.copyOf(told));
        assertThat(List.copyOf(told)).endsWith(job.getStatus());
      }
      await().until(() -> executor.endsTold.size() >= ROUNDS);
      assertThat(executor.endsTold).hasSize(ROUNDS).doesNotHaveDuplicates();
    }
  }

  private static void assertInOrder(List<JobStatus> told) {
    for (int i = 1; i < told.size(); i++) {
      JobStatus before = told.get(i - 1);
      JobStatus after = told.get(i);
      assertThat(after.getState().isGreaterThan(before.getState())).as("%s", told).isTrue();
      assertThat(after.getTime()).as("%s", told).isAfterOrEqualTo(before.getTime());
    }
  }
}
