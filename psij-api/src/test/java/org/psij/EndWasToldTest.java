package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.COMPLETED;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an executor may forget how a job has ended. */
class EndWasToldTest {
  private final Queue<Runnable> callbacks = new ArrayDeque<>();
  private final RecordingExecutor executor = RecordingExecutor.open(callbacks::add);

  @AfterEach
  void close() {
    executor.close();
  }

  private void runCallbacks() {
    for (Runnable next = callbacks.poll(); next != null; next = callbacks.poll()) {
      next.run();
    }
  }

  private Job endedWithNobodyListening() {
    Job job = RecordingExecutor.job();
    executor.submit(job);
    executor.tell(job, ACTIVE, COMPLETED);
    assertThat(executor.endsTold).isEmpty();
    return job;
  }

  @Test
  void endIsToldOnceWhenSomebodyLooksAtTheStatus() {
    Job job = endedWithNobodyListening();
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endIsToldWhenAWaitHasReturnedIt() throws InterruptedException {
    Job job = endedWithNobodyListening();
    assertThat(job.waitFor(Duration.ZERO, ACTIVE)).isNotNull();
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endIsToldWhenAFutureHasIt() {
    Job job = endedWithNobodyListening();
    assertThat(job.onFinal()).isCompleted();
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endIsToldWhenWhatDependsOnAFutureIsDone() {
    Job job = RecordingExecutor.job();
    executor.submit(job);
    CompletableFuture<Boolean> toldBefore =
        job.onFinal().thenApply(end -> !executor.endsTold.isEmpty());
    executor.tell(job, COMPLETED);
    assertThat(toldBefore.join()).isFalse();
    await().untilAsserted(() -> assertThat(executor.endsTold).containsExactly(job));
  }

  @Test
  void endIsNotToldByARequestToCancelTheJob() {
    Job job = endedWithNobodyListening();
    executor.cancel(job);
    assertThat(executor.endsTold).isEmpty();
  }

  @Test
  void endIsToldWhenTheLastCallbackHasReturned() {
    Job job = executor.submitted((told, status) -> assertThat(executor.endsTold).isEmpty());
    executor.setJobStatusCallback((told, status) -> assertThat(executor.endsTold).isEmpty());
    executor.tell(job, COMPLETED);
    assertThat(executor.endsTold).isEmpty();
    runCallbacks();
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endIsToldOnceThoughACallbackOfAnEarlierStateIsSlow() {
    CountDownLatch release = new CountDownLatch(1);
    try (RecordingExecutor pooled = RecordingExecutor.open()) {
      Job job =
          pooled.submitted(
              (told, status) -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      pooled.tell(job, ACTIVE, COMPLETED);
      assertThat(pooled.endsTold).isEmpty();
      release.countDown();
      await().until(() -> !pooled.endsTold.isEmpty());
      assertThat(pooled.endsTold).containsExactly(job);
    }
  }

  @Test
  void endIsToldThoughACallbackFails() {
    Job job =
        executor.submitted(
            (told, status) -> {
              throw new IllegalStateException("a defect of the user");
            });
    executor.tell(job, COMPLETED);
    runCallbacks();
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endThatCameDuringTheSubmissionIsTold() {
    executor.submission =
        job -> {
          executor.tell(job, COMPLETED);
          assertThat(executor.endsTold).isEmpty();
          return "7";
        };
    Job job = RecordingExecutor.job();
    executor.submit(job);
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
    assertThat(executor.endsTold).containsExactly(job);
  }

  @Test
  void endThatComesAfterTheExecutorWasClosedIsNotTold() {
    Job job = RecordingExecutor.job();
    executor.submit(job);
    executor.close();
    executor.tell(job, COMPLETED);
    assertThat(job.getStatus().isFinal()).isFalse();
    assertThat(executor.endsTold).isEmpty();
  }
}
