package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.QUEUED;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobExecutorCloseTest {
  private static final String GOES_ON = "executor closed, the job goes on";

  private final RecordingExecutor executor = RecordingExecutor.open();

  @AfterEach
  void close() {
    executor.close();
  }

  private static void assertInvalidState(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidStateException.class).isThrownBy(call);
  }

  private static void assertGoesOn(CompletableFuture<JobStatus> future) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(future::join)
        .havingCause()
        .isInstanceOf(InvalidStateException.class)
        .withMessage(GOES_ON);
  }

  @Test
  void closesOnce() {
    executor.close();
    executor.close();

    assertThat(executor.closings).hasValue(1);
  }

  @Test
  void laterCallsAreRefused() {
    Job ended = executor.submitted(null);
    executor.tell(ended, COMPLETED);
    Job live = executor.submitted(null);
    executor.close();
    Job fresh = RecordingExecutor.job();

    assertInvalidState(() -> executor.submit(fresh));
    assertInvalidState(() -> executor.submitAll(List.of(fresh)));
    assertInvalidState(() -> executor.attach(fresh, "42"));
    assertInvalidState(() -> executor.cancel(live));
    assertInvalidState(live::cancel);
    assertInvalidState(() -> executor.cancel(ended));
    assertInvalidState(executor::list);
    assertInvalidState(executor::refresh);
    assertInvalidState(executor::recover);
    assertThat(fresh.getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(executor.cancelled).isEmpty();
  }

  @Test
  void statusesFreeze() {
    Job job = executor.submitted(null);
    executor.tell(job, QUEUED);
    JobStatus last = job.getStatus();
    executor.close();
    executor.tell(job, ACTIVE, COMPLETED);

    assertThat(job.getStatus()).isSameAs(last);
  }

  @Test
  void waitersAndFuturesLearnThatTheJobGoesOn() throws Exception {
    Job job = executor.submitted(null);
    CompletableFuture<JobStatus> before = job.onFinal();
    FutureTask<JobStatus> wait = new FutureTask<>(job::waitFor);
    Thread waiter = new Thread(wait, "waits");
    waiter.start();
    await().until(() -> waiter.getState() == Thread.State.WAITING);
    executor.close();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(wait::get)
        .havingCause()
        .isInstanceOf(InvalidStateException.class)
        .withMessage(GOES_ON);
    assertGoesOn(before);
    assertGoesOn(job.onFinal());
    assertThatExceptionOfType(InvalidStateException.class)
        .isThrownBy(() -> job.waitFor(Duration.ZERO))
        .withMessage(GOES_ON);
  }

  @Test
  void whatWasReachedBeforeIsStillTold() throws InterruptedException {
    Job ended = executor.submitted(null);
    executor.tell(ended, COMPLETED);
    Job active = executor.submitted(null);
    executor.tell(active, ACTIVE);
    executor.close();

    assertThat(ended.waitFor().getState()).isEqualTo(COMPLETED);
    assertThat(ended.onFinal().join().getState()).isEqualTo(COMPLETED);
    assertThat(active.waitFor(null, QUEUED).getState()).isEqualTo(ACTIVE);
  }

  @Test
  void mayBeClosedFromACallback() {
    CountDownLatch closed = new CountDownLatch(1);
    Job job =
        executor.submitted(
            (same, status) -> {
              executor.close();
              closed.countDown();
            });
    executor.tell(job, QUEUED);

    await().atMost(Duration.ofSeconds(3)).until(() -> closed.getCount() == 0);
    assertThat(executor.closings).hasValue(1);
  }

  @Test
  void mayBeClosedFromAFuture() {
    Job job = executor.submitted(null);
    CompletableFuture<Void> closing = job.onFinal().thenRun(executor::close);
    executor.tell(job, COMPLETED);

    assertThat(closing).succeedsWithin(Duration.ofSeconds(3));
  }

  @Test
  void callbacksUnderWayAreFinished() {
    List<JobState> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    Job job = executor.submitted((same, status) -> seen.add(status.getState()));
    executor.tell(job, ACTIVE);
    executor.close();

    assertThat(seen).containsExactly(QUEUED, JobState.STAGE_IN, ACTIVE);
  }

  @Test
  void aSubmissionUnderWayIsFinished() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    executor.submission =
        job -> {
          entered.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return "42";
        };
    Job job = RecordingExecutor.job();
    CompletableFuture<Void> submission = CompletableFuture.runAsync(() -> executor.submit(job));
    entered.await();
    executor.close();
    release.countDown();
    submission.join();

    assertThat(job.getNativeId()).isEqualTo("42");
    assertGoesOn(job.onFinal());
  }

  @Test
  void noThreadOfTheLibraryRemains() {
    CountDownLatch release = new CountDownLatch(1);
    IntStream.range(0, 10)
        .mapToObj(
            i ->
                executor.submitted(
                    (job, status) -> {
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .forEach(job -> executor.tell(job, COMPLETED));
    await().until(() -> libraryThreads() > 2);
    release.countDown();
    executor.close();

    await().until(() -> libraryThreads() == 0);
  }

  private static long libraryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("psij-"))
        .count();
  }
}
