package org.psij;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is done with many jobs, of one executor or of several. Safe for use by many threads. */
public final class Jobs {
  private Jobs() {}

  /**
   * Waits until all jobs have ended, in whatever final state.
   *
   * @param jobs the jobs
   * @param timeout how long to wait at most for all together; null for as long as it takes, zero
   *     for a look
   * @return false if the time ran out
   * @throws InterruptedException if the thread is interrupted
   * @throws InvalidStateException if the executor of a job is closed before
   */
  public static boolean waitForAll(Collection<Job> jobs, @Nullable Duration timeout)
      throws InterruptedException {
    long start = System.nanoTime();
    for (Job job : List.copyOf(jobs)) {
      Duration left = timeout == null ? null : timeout.minusNanos(System.nanoTime() - start);
      if (job.waitFor(left) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until any of the jobs has ended, in whatever final state. Whoever calls it again and
   * again leaves out the jobs that it has got.
   *
   * @param jobs at least one job
   * @param timeout how long to wait at most; null for as long as it takes, zero for a look
   * @return the first of the jobs, in the order given, that has ended by then, or null if the time
   *     ran out
   * @throws InterruptedException if the thread is interrupted
   * @throws InvalidStateException if the executor of a job is closed before
   * @throws IllegalArgumentException if there is no job
   */
  public static @Nullable Job waitForAny(Collection<Job> jobs, @Nullable Duration timeout)
      throws InterruptedException {
    List<Job> all = List.copyOf(jobs);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("There is no job to wait for");
    }
    Job ended = firstEnded(all);
    return ended == null ? awaitFirst(all, timeout) : ended;
  }

  private static @Nullable Job firstEnded(List<Job> jobs) {
    for (Job job : jobs) {
      if (job.getStatus().isFinal()) {
        return job;
      }
    }
    return null;
  }

  private static @Nullable Job awaitFirst(List<Job> jobs, @Nullable Duration timeout)
      throws InterruptedException {
    CountDownLatch news = new CountDownLatch(1);
    Runnable watcher = news::countDown;
    try {
      jobs.forEach(job -> job.watchEnd(watcher));
      if (!news.await(nanos(timeout), TimeUnit.NANOSECONDS)) {
        return null;
      }
    } finally {
      jobs.forEach(job -> job.unwatchEnd(watcher));
    }
    Job ended = firstEnded(jobs);
    if (ended == null) {
      throw Job.closed();
    }
    return ended;
  }

  private static long nanos(@Nullable Duration timeout) {
    return timeout == null ? Long.MAX_VALUE : Job.toNanos(timeout);
  }
}
