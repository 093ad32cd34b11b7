package org.psij.executors;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The heap of this JVM. */
final class Heap {
  private static final long NOISE = 16 << 10;

  private Heap() {}

  /** Tells how many bytes are in use when garbage is collected. */
  static long live() {
    AtomicLong least = new AtomicLong(collect());
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofMinutes(1))
        .until(() -> least.get() - least.accumulateAndGet(collect(), Math::min) < NOISE);
    return least.get();
  }

  private static long collect() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
