package org.example.psij.tsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.psij.executors.batch.CommandResult;

/** What the real {@code tsp} has printed, recorded by {@code record.sh} beside the files. */
final class TspSample {
  private static final Path FOLDER = Path.of("src/test/resources/org/example/psij/tsp");

  private TspSample() {}

  static CommandResult result(String name, String... command) {
    return new CommandResult(
        List.of(command),
        Integer.parseInt(read(name + ".code").strip()),
        read(name + ".out"),
        read(name + ".err"),
        Duration.ofMillis(4));
  }

  static CommandResult printed(String stdout, String... command) {
    return new CommandResult(List.of(command), 0, stdout, "", Duration.ofMillis(4));
  }

  private static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
