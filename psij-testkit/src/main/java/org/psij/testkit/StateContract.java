package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/** Callbacks and waiting threads see the states of a job in order, each once. */
public abstract class StateContract extends Contract {
  private static final List<JobState> UP_TO_CLEANUP =
      List.of(
          JobState.QUEUED,
          JobState.STAGE_IN,
          JobState.ACTIVE,
          JobState.STAGE_OUT,
          JobState.CLEANUP);

  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected StateContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void jobCallbackSeesEveryStateOfAJobThatCompletes() throws InterruptedException {
    Job job = new Job(spec("/bin/date").build());
    assertGoesThroughAll(job, statesOf(job), JobState.COMPLETED);
  }

  @Test
  void jobCallbackSeesEveryStateOfAJobThatFails() throws InterruptedException {
    Job job = new Job(spec("/bin/false").build());
    assertGoesThroughAll(job, statesOf(job), JobState.FAILED);
  }

  @Test
  void executorCallbackSeesEveryState() throws InterruptedException {
    List<JobState> states = new CopyOnWriteArrayList<>();
    executor.setJobStatusCallback((job, status) -> states.add(status.getState()));
    assertGoesThroughAll(new Job(spec("/bin/date").build()), states, JobState.COMPLETED);
  }

  private void assertGoesThroughAll(Job job, List<JobState> states, JobState last)
      throws InterruptedException {
    executor.submit(job);

    assertEquals(last, end(job).getState());
    await("the callback for " + last, () -> states.contains(last));
    assertEquals(UP_TO_CLEANUP, states.subList(0, states.size() - 1));
  }

  @Test
  void callbackKnowsNativeIdAndTimesNeverGoBack() throws InterruptedException {
    List<Instant> times = new CopyOnWriteArrayList<>();
    List<String> nativeIds = new CopyOnWriteArrayList<>();
    Job job = new Job(spec("/bin/true").build());
    job.setJobStatusCallback(
        (changed, status) -> {
          nativeIds.add(String.valueOf(changed.getNativeId()));
          times.add(status.getTime());
        });
    executor.submit(job);
    end(job);

    await("six callbacks", () -> times.size() == 6);
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(
        List.of(String.valueOf(job.getNativeId())), nativeIds.stream().distinct().toList());
  }

  @Test
  void removedCallbackIsNotCalled() throws InterruptedException {
    Job job = new Job(spec("/bin/true").build());
    List<JobState> states = statesOf(job);
    job.setJobStatusCallback(null);
    executor.submit(job);

    assertCompletes(job);
    assertTrue(states.isEmpty());
  }

  @Test
  void waitingEndsAtATargetOrAfterIt() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "2"));

    awaitActive(job);
    JobStatus atOnce = job.waitFor(null, JobState.QUEUED);
    assertNotNull(atOnce);
    assertFalse(atOnce.getState() == JobState.QUEUED, atOnce::toString);
    assertNull(job.waitFor(Duration.ofMillis(100)));
    assertNull(job.waitFor(Duration.ZERO));
    assertCompletes(job);
    assertEquals(job.getStatus(), job.waitFor(null, JobState.QUEUED));
    assertEquals(job.getStatus(), job.waitFor(null, JobState.FAILED));
  }

  @Test
  void futureCompletesWithTheFinalStatus()
      throws InterruptedException, ExecutionException, TimeoutException {
    Job job = submit(spec("/bin/true"));
    var cancelled = job.onFinal();
    cancelled.cancel(true);

    JobStatus status = job.onFinal().get(patience().toMillis(), TimeUnit.MILLISECONDS);

    assertEquals(JobState.COMPLETED, status.getState());
    assertEquals(status, job.getStatus());
  }

  @Test
  void callbackThatThrowsOrBlocksHarmsNoOtherJob() throws InterruptedException {
    Job throwing = new Job(spec("/bin/true").build());
    throwing.setJobStatusCallback(
        (job, status) -> {
          throw new IllegalStateException("thrown by a test");
        });
    CountDownLatch tested = new CountDownLatch(1);
    Job blocking = new Job(spec("/bin/true").build());
    blocking.setJobStatusCallback(
        (job, status) -> {
          try {
            tested.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Job other = new Job(spec("/bin/true").build());
    List<JobState> states = statesOf(other);
    try {
      executor.submit(throwing);
      executor.submit(blocking);
      executor.submit(other);

      assertCompletes(throwing);
      assertCompletes(blocking);
      assertCompletes(other);
      await("the last callback", () -> states.contains(JobState.COMPLETED));
    } finally {
      tested.countDown();
    }
  }
}
