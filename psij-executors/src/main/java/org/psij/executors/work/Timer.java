package org.psij.executors.work;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread for what is to be done later. It is there only while there is such a thing. */
public final class Timer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

  private static final Duration LONGEST = Duration.ofDays(100_000);

  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable Thread current;

  /**
   * Creates a timer; it has no thread before there is something to do.
   *
   * @param name the name of the thread
   */
  public Timer(String name) {
    thread = new ScheduledThreadPoolExecutor(1, task -> newThread(name, task));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(String name, Runnable task) {
    Thread created = new Thread(task, name);
    created.setDaemon(true);
    current = created;
    return created;
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
    } catch (OutOfMemoryError e) { // the task is in the queue before a thread is made for it
      LOG.warn("There is no thread for a timer; its tasks wait for the next one", e);
    }
    return () -> {};
  }

  /** A delay that no clock of the JDK can count is one of centuries. */
  private static long millis(Duration delay) {
    return delay.compareTo(LONGEST) < 0 ? delay.toMillis() : LONGEST.toMillis();
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A task of an executor failed", e);
    }
  }

  /**
   * Drops what is waiting, and lets what is running end; what takes long is interrupted. A task of
   * this timer may call it.
   */
  @Override
  public void close() {
    thread.shutdown();
    if (Thread.currentThread() == current) {
      return;
    }
    try {
      if (!hasEnded()) {
        thread.shutdownNow();
        if (!hasEnded()) {
          LOG.warn("A task of an executor still runs after close");
        }
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded() throws InterruptedException {
    return thread.awaitTermination(1, TimeUnit.SECONDS);
  }
}
