package org.psij.executors.batch.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.psij.executors.batch.CommandResult;

/** What Slurm 22.05.8 has printed. */
final class SlurmSample {
  private static final Pattern FILE =
      Pattern.compile(
          "(?:#[^\n]*\n)*\\$ (?<command>[^\n]*)\n(?:#[^\n]*\n)*?"
              + "# exit code: (?<code>\\d+),[^\n]*\n--- stdout\n(?<out>.*?)--- stderr\n(?<err>.*)",
          Pattern.DOTALL);

  private SlurmSample() {}

  /** The answer as it was. */
  static CommandResult read(String name) {
    return convert(name, line -> line);
  }

  /** An answer of squeue, which was asked for more columns than the dialect asks for. */
  static CommandResult squeue(String name) {
    return convert(
        name,
        line -> {
          String[] all = line.split("\\|", -1);
          return String.join("|", all[0], all[4], all[10], all[5], "/home/tester/sl/" + all[15]);
        });
  }

  /** An answer of sacct, which was asked for other columns than the dialect asks for. */
  static CommandResult sacct(String name) {
    return convert(
        name,
        line -> {
          String[] all = line.split("\\|", -1);
          return String.join("|", all[0], all[1], all[2], all[7], "1001");
        });
  }

  static CommandResult result(int code, String out, String err) {
    return new CommandResult(List.of("command"), code, out, err, Duration.ZERO);
  }

  private static CommandResult convert(String name, UnaryOperator<String> line) {
    Matcher sample = FILE.matcher(text(name));
    if (!sample.matches()) {
      throw new IllegalArgumentException(name);
    }
    String out =
        sample
            .group("out")
            .lines()
            .map(line)
            .map(each -> each + "\n")
            .collect(Collectors.joining());
    return new CommandResult(
        List.of(sample.group("command").split(" ", -1)),
        Integer.parseInt(sample.group("code")),
        out,
        sample.group("err"),
        Duration.ZERO);
  }

  private static String text(String name) {
    try (InputStream in = SlurmSample.class.getResourceAsStream(name + ".txt")) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
