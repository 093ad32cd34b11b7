package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for hostile jobs. */
final class HostileFolder implements AutoCloseable {
  private final Path root;
  private int jobs;

  HostileFolder() throws IOException {
    root = Files.createTempDirectory("psij-hostile").toRealPath();
  }

  Path work() {
    return root.resolve("work");
  }

  synchronized Path forJob() throws IOException {
    return Files.createDirectory(root.resolve("job-" + jobs++));
  }

  /** Holds that no value was obeyed, wherever that would have left a file. */
  void assertNobodyObeyed() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files).noneMatch(HostileFolder::isCanary);
    }
    assertThat(Path.of(HostileText.CANARY)).doesNotExist();
    assertThat(Path.of(System.getProperty("user.home"), HostileText.CANARY)).doesNotExist();
  }

  private static boolean isCanary(Path path) {
    return path.endsWith(HostileText.CANARY);
  }

  /** Removes the folder; what has just ended may still be writing into it. */
  @Override
  public void close() {
    await().ignoreExceptions().untilAsserted(this::delete);
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(HostileFolder::delete);
    }
    assertThat(root).doesNotExist();
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
