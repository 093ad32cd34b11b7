package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/** Closing the executor lets go of everything but the jobs. */
public abstract class CloseContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected CloseContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void jobGoesOnAndItsStatusStays() throws InterruptedException {
    Path done = folder.resolve("done");
    Path started = folder.resolve("started");
    Job job = submit(shell(": >'" + started + "'; sleep 1; : >'" + done + "'").directory(folder));
    awaitActive(job);
    await("the job to start", () -> Files.exists(started));

    executor.close();

    JobStatus frozen = job.getStatus();
    await("the end of the job", () -> Files.exists(done));
    assertEquals(frozen, job.getStatus());
  }

  @Test
  void waitingThreadsAndFuturesAreReleased() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "2"));
    CompletableFuture<JobStatus> future = job.onFinal();
    CompletableFuture<JobStatus> waiting = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                waiting.complete(job.waitFor());
              } catch (InterruptedException | RuntimeException e) {
                waiting.completeExceptionally(e);
              }
            });
    waiter.start();
    await("the thread to wait", () -> waiter.getState() == Thread.State.WAITING);

    executor.close();

    for (CompletableFuture<JobStatus> released : List.of(future, waiting)) {
      ExecutionException e =
          assertThrows(
              ExecutionException.class,
              () -> released.get(patience().toMillis(), TimeUnit.MILLISECONDS));
      InvalidStateException cause = assertInstanceOf(InvalidStateException.class, e.getCause());
      assertEquals("executor closed, the job goes on", cause.getMessage());
    }
  }

  @Test
  void laterCallsAreRefused() throws InterruptedException {
    Job job = submit(spec("/bin/true"));
    assertCompletes(job);

    executor.close();
    executor.close();

    Job next = new Job(spec("/bin/true").build());
    assertThrows(InvalidStateException.class, () -> executor.submit(next));
    assertThrows(InvalidStateException.class, () -> executor.submitAll(List.of(next)));
    assertThrows(InvalidStateException.class, () -> executor.attach(next, "1"));
    assertThrows(InvalidStateException.class, job::cancel);
    assertThrows(InvalidStateException.class, executor::list);
    assertThrows(InvalidStateException.class, executor::refresh);
    assertThrows(InvalidStateException.class, executor::recover);
    assertEquals(JobState.NEW, next.getStatus().getState());
    assertEquals(JobState.COMPLETED, job.getStatus().getState());
  }

  @Test
  void closingFromACallbackWorks() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    Job job = new Job(spec("/bin/true").build());
    job.setJobStatusCallback(
        (changed, status) -> {
          executor.close();
          closed.countDown();
        });
    submit(job);
    assertTrue(closed.await(patience().toMillis(), TimeUnit.MILLISECONDS));
    assertThrows(
        InvalidStateException.class, () -> executor.submit(new Job(spec("/bin/true").build())));
  }

  @Test
  void noThreadOfTheLibraryRemains() throws InterruptedException {
    Job job = submit(spec("/bin/true"));
    job.setJobStatusCallback((changed, status) -> {});
    assertCompletes(job);
    Job canceled = submit(spec("/bin/sleep", "60"));
    canceled.cancel();
    end(canceled);

    executor.close();

    await("the end of all threads", () -> libraryThreads().isEmpty());
  }

  private static List<String> libraryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("psij-"))
        .toList();
  }
}
