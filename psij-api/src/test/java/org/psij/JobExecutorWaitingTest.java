package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.CANCELED;
import static org.psij.JobState.CLEANUP;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;
import static org.psij.JobState.NEW;
import static org.psij.JobState.QUEUED;
import static org.psij.JobState.STAGE_IN;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobExecutorWaitingTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final RecordingExecutor executor = RecordingExecutor.open();
  private final Job job = executor.submitted(null);

  @AfterEach
  void close() {
    executor.close();
  }

  /** Calls {@code waitFor} on another thread, which is waiting when this returns. */
  private FutureTask<JobStatus> waiting(Duration timeout, JobState... targets) {
    return Waiting.begin(() -> job.waitFor(timeout, targets));
  }

  @Test
  void waitsForTheEnd() throws Exception {
    FutureTask<JobStatus> wait = waiting(null);
    executor.tell(job, ACTIVE);
    executor.tell(job, JobStatus.builder(FAILED).exitCode(1));

    assertThat(wait.get()).isEqualTo(job.getStatus());
    assertThat(job.waitFor().getExitCode()).isEqualTo(1);
  }

  @Test
  void waitsForATarget() throws Exception {
    FutureTask<JobStatus> wait = waiting(LONG, ACTIVE);
    executor.tell(job, QUEUED, ACTIVE);

    assertThat(wait.get().getState()).isEqualTo(ACTIVE);
  }

  @Test
  void aStateThatFollowsATargetWillDo() throws Exception {
    FutureTask<JobStatus> wait = waiting(null, STAGE_IN);
    executor.tell(job, CLEANUP);

    assertThat(wait.get().getState()).isGreaterThanOrEqualTo(STAGE_IN);
    assertThat(job.waitFor(LONG, QUEUED).getState()).isEqualTo(CLEANUP);
  }

  @Test
  void anyOfTheTargetsWillDo() throws InterruptedException {
    executor.tell(job, QUEUED);

    assertThat(job.waitFor(LONG, COMPLETED, QUEUED).getState()).isEqualTo(QUEUED);
  }

  @Test
  void anotherEndThanTheTargetEndsTheWait() throws Exception {
    FutureTask<JobStatus> wait = waiting(null, COMPLETED);
    executor.tell(job, CANCELED);

    assertThat(wait.get().getState()).isEqualTo(CANCELED);
  }

  @Test
  void aZeroTimeoutIsALook() throws InterruptedException {
    executor.tell(job, QUEUED);

    assertThat(job.waitFor(Duration.ZERO)).isNull();
    assertThat(job.waitFor(Duration.ZERO, ACTIVE)).isNull();
    assertThat(job.waitFor(Duration.ZERO, QUEUED)).isEqualTo(job.getStatus());
    assertThat(job.waitFor(Duration.ofNanos(-1), ACTIVE)).isNull();
  }

  @Test
  void aTimeoutEndsTheWaitWithNull() throws InterruptedException {
    long start = System.nanoTime();

    assertThat(job.waitFor(Duration.ofMillis(50), QUEUED)).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aTimeoutLongerThanALifeIsTaken() throws Exception {
    FutureTask<JobStatus> wait = waiting(Duration.ofSeconds(Long.MAX_VALUE), QUEUED);
    executor.tell(job, QUEUED);

    assertThat(wait.get().getState()).isEqualTo(QUEUED);
  }

  @Test
  void aJobMayBeWaitedForBeforeItIsSubmitted() throws InterruptedException {
    Job later = RecordingExecutor.job();

    assertThat(later.waitFor(Duration.ZERO)).isNull();
    assertThat(later.waitFor(Duration.ZERO, NEW).getState()).isEqualTo(NEW);
    CompletableFuture<JobStatus> end = later.onFinal();
    executor.submit(later);
    executor.tell(later, COMPLETED);
    assertThat(end.join().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void waitingCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> job.waitFor());
  }

  @Test
  void everyFutureIsACopyOfItsOwn() {
    CompletableFuture<JobStatus> first = job.onFinal();
    CompletableFuture<JobStatus> second = job.onFinal();
    CompletableFuture<JobStatus> third = job.onFinal();
    first.cancel(true);
    second.complete(null);
    executor.tell(job, COMPLETED);

    assertThat(third.join()).isEqualTo(job.getStatus());
    assertThat(executor.cancelled).isEmpty();
    assertThat(job.onFinal()).isCompletedWithValue(job.getStatus());
    assertThat(job.onFinal()).isNotSameAs(job.onFinal());
  }

  @Test
  void aFutureIsNotHeldUpByABlockedDependent() {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> blocked =
        job.onFinal()
            .thenAccept(
                status -> {
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    executor.tell(job, COMPLETED);
    Job other = executor.submitted(null);
    CompletableFuture<JobStatus> end = other.onFinal();
    executor.tell(other, COMPLETED);

    assertThat(end.join().getState()).isEqualTo(COMPLETED);
    assertThat(blocked).isNotDone();
    release.countDown();
    blocked.join();
  }
}
