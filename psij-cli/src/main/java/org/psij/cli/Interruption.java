package org.psij.cli;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.PsijException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a job on Ctrl-C: it is cancelled, or left alone and named. Keeps the JVM until
 * the command has dealt with it; one that comes amid a submission waits for what that leads to.
 */
final class Interruption extends Thread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final int PATIENCE_SECONDS = 15;

  private final boolean cancels;
  private final PrintWriter err;
  private final CompletableFuture<Job> job = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private Interruption(boolean cancels, PrintWriter err) {
    super("psij-interrupted");
    this.cancels = cancels;
    this.err = err;
  }

  /** Waits for an interruption that cancels the job, until this is closed. */
  static Interruption cancelling(PrintWriter err) {
    return awaited(new Interruption(true, err));
  }

  /** Waits for an interruption that leaves the job alone, until this is closed. */
  static Interruption leaving(PrintWriter err) {
    return awaited(new Interruption(false, err));
  }

  private static Interruption awaited(Interruption interruption) {
    Runtime.getRuntime().addShutdownHook(interruption);
    return interruption;
  }

  /** Names the job, with which is dealt now if the interruption came first. */
  void concerns(Job submitted) {
    job.complete(submitted);
  }

  /** The command has ended. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is already ending", e);
    }
  }

  @Override
  public void run() {
    var unused = job.thenAccept(this::dealWith);
    try {
      if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        ErrorLine.print(err, "the end of the job did not come in " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dealWith(Job known) {
    if (cancels) {
      cancel(known);
    } else {
      if (!known.getStatus().isFinal()) {
        ErrorLine.print(err, "interrupted; job " + known.getNativeId() + " is left alone");
      }
      over.countDown();
    }
  }

  private void cancel(Job known) {
    try {
      if (!known.getStatus().isFinal()) {
        known.cancel();
      }
    } catch (InvalidStateException e) {
      LOG.debug("Job {} (native id {}) had ended", known.getId(), known.getNativeId(), e);
    } catch (PsijException e) {
      ErrorLine.print(err, "job " + known.getNativeId() + " may go on: " + e.getMessage());
    }
  }
}
