package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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
