package org.psij.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what must come. */
final class Latch {
  private static final long PATIENCE_MINUTES = 15;

  private Latch() {}

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException(latch.getCount() + " ends were never told");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
