package org.psij;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon threads for the user's code. Two are enough for callbacks that return; while those that
 * run block and others wait, the pool doubles, up to a limit. Idle threads go away.
 */
final class CallbackPool implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackPool.class);

  private static final int SMALL = 2;
  private static final int LARGEST = 256;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** So many looks at an empty queue before the watching thread goes: one is dear to start. */
  private static final int LAST_LOOKS = 50;

  private static final long CLOSE_PATIENCE_SECONDS = 5;

  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile @Nullable Thread watcher;

  @SuppressWarnings("ErroneousThreadPoolConstructorChecker") // grown by hand, see grow()
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          SMALL, LARGEST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);

  CallbackPool() {
    threads.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(Runnable task) {
    Thread thread = new PoolThread(this, task);
    thread.setDaemon(true);
    return thread;
  }

  private static final class PoolThread extends Thread {
    private final CallbackPool pool;

    PoolThread(CallbackPool pool, Runnable task) {
      super(task, "psij-callbacks");
      this.pool = pool;
    }
  }

  /**
   * Runs a task soon.
   *
   * @throws RejectedExecutionException if the system gives no thread for it, or the pool is closed
   */
  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) {
      throw new RejectedExecutionException("There is no thread for callbacks", e);
    }
    watch();
  }

  private void watch() {
    if (!threads.getQueue().isEmpty() && watched.compareAndSet(false, true)) {
      Thread starting = newThread(this::growWhileBlocked);
      watcher = starting;
      try {
        starting.start();
      } catch (OutOfMemoryError e) {
        LOG.warn("There is no thread for a larger pool of job status callbacks", e);
        watcher = null;
        watched.set(false);
      }
    }
  }

  private void growWhileBlocked() {
    for (int idle = 0; idle < LAST_LOOKS && !(threads.isShutdown() && idle > 0); ) {
      long before = threads.getCompletedTaskCount();
      LockSupport.parkNanos(PATIENCE_NANOS);
      if (threads.getQueue().isEmpty()) {
        idle++;
        shrink();
      } else {
        idle = 0;
        if (threads.getCompletedTaskCount() == before) {
          grow();
        }
      }
    }
    watcher = null;
    watched.set(false);
    watch();
  }

  /** Interrupts idle threads, so not without a reason. */
  private void shrink() {
    if (threads.getCorePoolSize() > SMALL) {
      threads.setCorePoolSize(SMALL);
    }
  }

  private void grow() {
    int size = threads.getCorePoolSize();
    if (size < LARGEST) {
      try {
        threads.setCorePoolSize(Math.min(2 * size, LARGEST));
      } catch (OutOfMemoryError e) {
        LOG.warn("There are no more threads for job status callbacks", e);
      }
      if (threads.getCorePoolSize() == LARGEST) {
        LOG.warn("{} job status callbacks block; further ones wait for them", LARGEST);
      }
    }
  }

  /** Lets what is queued run, and waits for it unless called by one of the threads. */
  @Override
  public void close() {
    threads.shutdown();
    if (Thread.currentThread() instanceof PoolThread own && own.pool == this) {
      return;
    }
    try {
      Thread watching = watcher;
      if (watching != null) {
        LockSupport.unpark(watching);
        watching.join(TimeUnit.SECONDS.toMillis(CLOSE_PATIENCE_SECONDS));
      }
      if (!threads.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("{} job status callbacks still run after close", threads.getActiveCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
