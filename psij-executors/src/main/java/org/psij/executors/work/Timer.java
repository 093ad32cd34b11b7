package org.psij.executors.work;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread for what is to be done later. It is there only while there is such a thing. */
public final class Timer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

  private static final Duration LONGEST = Duration.ofDays(100_000);

  private final ScheduledThreadPoolExecutor thread;

  /**
   * Creates a timer; it has no thread before there is something to do.
   *
   * @param name the name of the thread
   */
  public Timer(String name) {
    thread = new ScheduledThreadPoolExecutor(1, task -> newThread(name, task));
    thread.setRemoveOnCancelPolicy(true);
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs a task after a time, or never if this is closed.
   *
   * @param delay the time
   * @param task the task
   * @return what takes the task back
   */
  public Runnable after(Duration delay, Runnable task) {
    try {
      Future<?> waiting =
          thread.schedule(() -> runSafely(task), millis(delay), TimeUnit.MILLISECONDS);
      return () -> waiting.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("The executor is closed; nothing is done later");
      return () -> {};
    }
  }

  /** A delay that no clock of the JDK can count is one of centuries. */
  private static long millis(Duration delay) {
    return delay.compareTo(LONGEST) < 0 ? delay.toMillis() : LONGEST.toMillis();
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A task of an executor failed", e);
    }
  }

  /** Drops what is waiting, and lets what is running end. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.warn("A task of an executor still runs after close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
