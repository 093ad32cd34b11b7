package org.psij.executors.batch;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does several submissions at once, with threads that are there only meanwhile: whoever interrupts
 * the one that waits does not interrupt a submission.
 */
final class SubmitThreads {
  private static final Logger LOG = LoggerFactory.getLogger(SubmitThreads.class);

  private SubmitThreads() {}

  /**
   * Returns when all is done. An interrupt keeps back what has not begun; what has begun is waited
   * for all the same.
   *
   * @param name the name of the threads
   * @param most how many there are at most
   * @param submissions what to do
   */
  static void run(String name, int most, List<Runnable> submissions) {
    if (submissions.isEmpty()) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(submissions.size(), most), task -> daemon(name, task));
    List<? extends Future<?>> begun = submissions.stream().map(threads::submit).toList();
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
          LOG.debug("Jobs are still being submitted");
        }
      } catch (InterruptedException e) {
        interrupted = true;
        begun.forEach(submission -> submission.cancel(false));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
