package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimerTest {
  private final Timer timer = new Timer("psij-timer-test");

  /** Does work on the timer's thread, and tells whether it was interrupted. */
  private CompletableFuture<Boolean> start(Runnable work) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    timer.after(
        Duration.ZERO,
        () -> {
          started.countDown();
          work.run();
          interrupted.complete(Thread.currentThread().isInterrupted());
        });
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    return interrupted;
  }

  @Test
  void closeLetsARunningTaskEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted =
        start(
            () -> {
              while (go.getCount() > 0) {
                Thread.onSpinWait();
              }
            });
    Thread closing = new Thread(timer::close);
    closing.start();
    closing.join(100);
    go.countDown();
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
    closing.join();
  }

  @Test
  void closeInterruptsATaskThatTakesLong() throws Exception {
    CompletableFuture<Boolean> interrupted =
        start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
            });
    timer.close();
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskMayCloseItsTimer() throws Exception {
    assertThat(start(timer::close).get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whatWaitsIsDropped() {
    AtomicBoolean ran = new AtomicBoolean();
    timer.after(Duration.ofMillis(500), () -> ran.set(true));
    timer.close();
    timer.after(Duration.ZERO, () -> ran.set(true));
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("psij-timer-test")));
    assertThat(ran).isFalse();
  }
}
