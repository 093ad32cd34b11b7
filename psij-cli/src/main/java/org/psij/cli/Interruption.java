package org.psij.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.PsijException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels the job on Ctrl-C, and keeps the JVM until the command has dealt with its end. */
final class Interruption extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final int PATIENCE_SECONDS = 15;

  private final CountDownLatch over = new CountDownLatch(1);

  // guarded by this
  private @Nullable Job job;
  private boolean interrupted;

  Interruption() {
    super("psij-run-interrupted");
  }

  /** Names the job, which is cancelled now if the interruption came first. */
  void cancels(Job submitted) {
    boolean now;
    synchronized (this) {
      job = submitted;
      now = interrupted;
    }
    if (now) {
      cancel(submitted);
    }
  }

  /** The command has ended. */
  void over() {
    over.countDown();
  }

  @Override
  public void run() {
    Job known;
    synchronized (this) {
      interrupted = true;
      known = job;
    }
    if (known != null) {
      cancel(known);
    }
    try {
      if (over.getCount() > 0 && !over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("The end of the job did not come in {} s", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Job job) {
    try {
      if (!job.getStatus().isFinal()) {
        job.cancel();
      }
    } catch (InvalidStateException e) {
      LOG.debug("Job {} (native id {}) had ended", job.getId(), job.getNativeId(), e);
    } catch (PsijException e) {
      LOG.error("Job {} (native id {}) may go on", job.getId(), job.getNativeId(), e);
    }
  }
}
