package org.psij.executors.batch.pbs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.psij.executors.batch.CommandResult;

/** Recorded output: a command, its exit code, and what it printed. */
final class Sample {
  private static final String STDOUT = "\n# stdout:";
  private static final String STDERR = "\n# stderr:";

  private Sample() {}

  /** Lists the samples of a folder by name. */
  static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".txt"))
          .map(file -> file.substring(0, file.length() - 4))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a sample. */
  static CommandResult read(String folder, String name) {
    String text = text(folder, name + ".txt");
    int stdout = text.indexOf(STDOUT);
    int stderr = text.lastIndexOf(STDERR);
    String words = text.substring(2, text.indexOf('\n')).replace("(23.06.06) ", "");
    String code = text.replaceAll("(?s).*?# exit code: (\\d+).*", "$1");
    String printed = text.substring(stdout + STDOUT.length(), stderr).strip();
    String output =
        printed.endsWith(".json")
            ? text(folder, printed)
            : text.substring(text.indexOf('\n', stdout + 1) + 1, stderr + 1);
    return result(
        words, Integer.parseInt(code), output, text.substring(stderr + STDERR.length()).strip());
  }

  /** Reads the standard output of a sample, byte for byte. */
  static byte[] stdout(String folder, String name) {
    Path json = folder(folder).resolve(name + ".json");
    try {
      return Files.exists(json)
          ? Files.readAllBytes(json)
          : read(folder, name).stdout().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes up an answer. */
  static CommandResult result(String command, int exitCode, String stdout, String stderr) {
    List<String> words =
        Arrays.stream(command.strip().split(" +", -1)).map(word -> word.replace("'", "")).toList();
    return new CommandResult(words, exitCode, stdout, stderr, Duration.ZERO);
  }

  private static String text(String folder, String file) {
    try {
      return new String(Files.readAllBytes(folder(folder).resolve(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String folder) {
    try {
      return Path.of(Sample.class.getResource(folder).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
