package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkDirectoryTest {
  @TempDir Path folder;
  private WorkDirectory first;
  private WorkDirectory second;

  @BeforeEach
  void open() {
    first = WorkDirectory.open(folder, "local");
    second = WorkDirectory.open(folder, "local");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void ownersAreAliveUntilTheyClose() {
    assertThat(first.isAlive(second.owner())).isTrue();
    assertThat(first.isAlive(first.owner())).isTrue();

    second.close();

    assertThat(first.isAlive(second.owner())).isFalse();
    assertThat(first.isAlive("nobody")).isFalse();
  }

  @Test
  void whoIsInterruptedWaitsForNobody() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () ->
                assertThatNoException()
                    .isThrownBy(
                        () ->
                            first.alone(
                                "x",
                                () -> {
                                  inside.countDown();
                                  return await(done);
                                })));
    holder.start();
    inside.await();
    AtomicReference<Exception> refusal = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                second.alone("x", () -> true);
              } catch (IOException e) {
                refusal.set(e);
              }
            });
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    waiting.interrupt();
    waiting.join();
    assertThat(refusal.get()).isInstanceOf(InterruptedIOException.class).hasMessageContaining("x");
    done.countDown();
    holder.join();
    assertThat(second.<Boolean>alone("x", () -> true)).isTrue();
  }

  private static boolean await(CountDownLatch latch) throws IOException {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void lockOfAnotherProcessIsWaitedFor() throws Exception {
    Path file = Files.createFile(folder.resolve("local/x"));
    Process other =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl,sys\nf=open(sys.argv[1],'w')\n"
                    + "fcntl.lockf(f,fcntl.LOCK_EX)\nprint('locked',flush=True)\nsys.stdin.read()",
                file.toString())
            .start();
    assertThat(other.getInputStream().read()).isEqualTo('l');
    AtomicBoolean had = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> assertThatNoException().isThrownBy(() -> had.set(first.alone("x", () -> true))));
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertThat(had).isFalse();
    other.getOutputStream().close();
    waiting.join();
    assertThat(had).isTrue();
  }

  @Test
  void askingForAnOwnerDoesNotGiveUpItsLock() throws IOException {
    first.isAlive(second.owner());
    second.isAlive(second.owner());

    String inode =
        Files.getAttribute(folder.resolve("local/owners").resolve(second.owner()), "unix:ino")
            .toString();
    List<String> locks = Files.readAllLines(Path.of("/proc/locks"));
    assertThat(locks).anyMatch(lock -> lock.contains(":" + inode + " "));
  }

  @Test
  void deadOwnerIsDeadForAllWhoAskAtOnce() throws IOException {
    String dead = UUID.randomUUID().toString();
    Files.createFile(folder.resolve("local/owners").resolve(dead));
    assertThat(IntStream.range(0, 5_000).parallel().filter(i -> first.isAlive(dead)).count())
        .isZero();
  }
}
