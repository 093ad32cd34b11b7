package org.psij.executors.batch.gridengine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandResult;

/** What a real Grid Engine 8.1.9 answered. */
final class Sample {
  private static final Pattern FORM =
      Pattern.compile(
          "(?s).*# exit code: (\\d+)\\n--- stdout\\n(.*?)--- stderr\\n?(.*)", Pattern.DOTALL);

  private Sample() {}

  /** Reads {@code NAME.txt}, and {@code NAME.xml} if that was the output. */
  static CommandResult of(String name) {
    Matcher matcher = FORM.matcher(text(name + ".txt"));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name + " is no sample");
    }
    String stdout = matcher.group(2);
    if (stdout.startsWith("(see ")) {
      stdout = text(stdout.substring(5, stdout.indexOf(')')));
    }
    return result(Integer.parseInt(matcher.group(1)), stdout, matcher.group(3));
  }

  /** Makes an answer up. */
  static CommandResult result(int exitCode, String stdout, String stderr) {
    return new CommandResult(List.of("command"), exitCode, stdout, stderr, Duration.ofMillis(5));
  }

  private static String text(String file) {
    try (InputStream in = Sample.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
