package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;
import static org.psij.JobState.QUEUED;
import static org.psij.JobState.STAGE_IN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobExecutorCallbacksTest {
  private final RecordingExecutor executor = RecordingExecutor.open();
  private final CountDownLatch release = new CountDownLatch(1);
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    release.countDown();
    executor.close();
  }

  private JobStatusCallback noting(String who) {
    return (job, status) -> calls.add(who + " " + status.getState());
  }

  private void block(Job job, JobStatus status) {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theCallbackOfTheJobComesBeforeThatOfTheExecutor() {
    executor.setJobStatusCallback(noting("executor"));
    Job job = executor.submitted(noting("job"));
    executor.tell(job, ACTIVE);

    await().until(() -> calls.size() == 6);
    assertThat(calls)
        .containsExactly(
            "job QUEUED",
            "executor QUEUED",
            "job STAGE_IN",
            "executor STAGE_IN",
            "job ACTIVE",
            "executor ACTIVE");
  }

  @Test
  void callbacksOfOneJobNeverOverlap() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Job job =
        executor.submitted(
            (same, status) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              calls.add(status.getState().name());
              running.decrementAndGet();
            });
    executor.tell(job, QUEUED, STAGE_IN, ACTIVE, COMPLETED);

    await().until(() -> calls.size() == 6);
    assertThat(most).hasValue(1);
    assertThat(calls)
        .containsExactly("QUEUED", "STAGE_IN", "ACTIVE", "STAGE_OUT", "CLEANUP", "COMPLETED");
  }

  @Test
  void aCallbackThatThrowsHarmsNobody() {
    executor.setJobStatusCallback(noting("executor"));
    Job throwing =
        executor.submitted(
            (job, status) -> {
              throw new AssertionError("thrown by the callback of a test");
            });
    Job other = executor.submitted(noting("other"));
    executor.tell(throwing, QUEUED, ACTIVE);
    executor.tell(other, QUEUED);

    await().until(() -> calls.size() == 5);
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "executor QUEUED",
            "executor STAGE_IN",
            "executor ACTIVE",
            "other QUEUED",
            "executor QUEUED");
  }

  @Test
  void aCallbackThatBlocksHoldsUpNeitherStatusNorOtherJobs() throws InterruptedException {
    Job blocked = executor.submitted(this::block);
    Job other = executor.submitted(noting("other"));
    executor.tell(blocked, COMPLETED);
    executor.tell(other, QUEUED);

    assertThat(blocked.waitFor().getState()).isEqualTo(COMPLETED);
    assertThat(blocked.onFinal().join().getState()).isEqualTo(COMPLETED);
    await().until(() -> calls.contains("other QUEUED"));
  }

  @Test
  void fiftyBlockedCallbacksDoNotHoldUpAnotherJob() {
    IntStream.range(0, 50)
        .mapToObj(i -> executor.submitted(this::block))
        .forEach(job -> executor.tell(job, QUEUED));
    Job other = executor.submitted(noting("other"));
    executor.tell(other, QUEUED);

    await().until(() -> calls.contains("other QUEUED"));
  }

  @Test
  void nullRemovesACallback() {
    executor.setJobStatusCallback(noting("executor"));
    Job job = executor.submitted(noting("job"));
    executor.tell(job, QUEUED);
    await().until(() -> calls.size() == 2);

    job.setJobStatusCallback(null);
    executor.tell(job, STAGE_IN);
    await().until(() -> calls.size() == 3);

    executor.setJobStatusCallback(null);
    executor.tell(job, ACTIVE);
    executor.setJobStatusCallback(noting("second"));
    executor.tell(job, FAILED);
    await().until(() -> calls.contains("second FAILED"));
    assertThat(calls)
        .containsExactly("job QUEUED", "executor QUEUED", "executor STAGE_IN", "second FAILED");
  }

  @Test
  void aCallbackMaySubmitAndWait() {
    Queue<Job> followers = new ConcurrentLinkedQueue<>();
    Job job =
        executor.submitted(
            (same, status) -> {
              if (status.isFinal()) {
                Job next = executor.submitted(null);
                executor.tell(next, COMPLETED);
                next.onFinal().join();
                followers.add(next);
              }
            });
    executor.tell(job, COMPLETED);

    await().until(() -> followers.size() == 1);
    assertThat(followers.peek().getStatus().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void noLockIsHeldDuringACallback() {
    Queue<Boolean> free = new ConcurrentLinkedQueue<>();
    try (RecordingExecutor direct = RecordingExecutor.open(Runnable::run)) {
      Job job =
          direct.submitted(
              (same, status) ->
                  free.add(CompletableFuture.supplyAsync(() -> same.onFinal().isDone()).join()));
      direct.tell(job, QUEUED);
    }

    assertThat(free).containsExactly(false);
  }

  @Test
  void callbacksRunOnTheExecutorOfTheUser() {
    ExecutorService mine = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    try (RecordingExecutor own = RecordingExecutor.open(mine)) {
      Job job = own.submitted((same, status) -> calls.add(Thread.currentThread().getName()));
      own.tell(job, QUEUED);
      await().until(() -> !calls.isEmpty());
    } finally {
      mine.shutdown();
    }

    assertThat(calls).containsExactly("mine");
  }

  @Test
  void anExecutorOfTheUserThatIsBlockedHoldsUpNeitherWaitingNorFutures()
      throws InterruptedException {
    List<Runnable> never = Collections.synchronizedList(new ArrayList<>());
    try (RecordingExecutor stuck = RecordingExecutor.open(never::add)) {
      Job job = stuck.submitted(noting("job"));
      CompletableFuture<String> dependent =
          job.onFinal().thenApply(status -> Thread.currentThread().getName());
      stuck.tell(job, COMPLETED);

      assertThat(job.waitFor().getState()).isEqualTo(COMPLETED);
      assertThat(dependent.join()).startsWith("psij-");
    }

    assertThat(never).hasSize(1);
    assertThat(calls).isEmpty();
  }

  @Test
  void anExecutorOfTheUserThatRefusesDoesNotHarmTheJob() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("thrown by the executor of a test");
        };
    try (RecordingExecutor own = RecordingExecutor.open(refusing)) {
      Job job = own.submitted(noting("job"));
      own.tell(job, ACTIVE, COMPLETED);

      assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
    }
  }
}
