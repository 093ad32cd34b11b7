package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The time of day, in nanoseconds since the epoch, as jobs know it too. */
final class Clock {
  /** A job that writes down when it ends. */
  static final List<String> COMMAND = List.of("/bin/date", "+%s%N");

  private Clock() {}

  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** What such a job has written. */
  static long read(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
