package org.psij.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that go away with this process. */
final class Scratch {
  private static final Path ROOT = create();

  private Scratch() {}

  private static Path create() {
    try {
      Path root = Files.createTempDirectory("psij-benchmarks-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder() {
    try {
      return Files.createTempDirectory(ROOT, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What processes that still run write meanwhile stays. */
  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("Cannot remove " + root + ": " + e);
    }
  }
}
