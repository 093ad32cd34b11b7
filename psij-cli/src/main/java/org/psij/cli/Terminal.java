package org.psij.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminal on which standard output appears.
 *
 * @param lines its height
 * @param columns its width
 */
record Terminal(int lines, int columns) {
  private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");
  private static final int USUAL_LINES = 24;
  private static final int USUAL_COLUMNS = 80;
  private static final int PATIENCE_SECONDS = 5;

  /** What is written to a pipe or a file comes out there, whatever a terminal is near. */
  private static final String QUESTION = "test -t 1 && { stty size </dev/tty || echo; } >&2";

  /** Asks for the terminal; null if standard output goes elsewhere. */
  static @Nullable Terminal ofStandardOutput() {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", QUESTION).redirectOutput(Redirect.INHERIT);
    try {
      Process process = builder.start();
      String answer = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean isTerminal =
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return isTerminal ? of(answer, System.getenv()) : null;
    } catch (IOException e) {
      LOG.debug("Nobody knows whether this is a terminal", e);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Reads a size; {@code COLUMNS} and {@code LINES} go first. */
  static Terminal of(String answer, Map<String, String> environment) {
    Matcher size = SIZE.matcher(answer.strip());
    boolean isKnown = size.matches();
    return new Terminal(
        number(
            environment.get("LINES"), isKnown ? Integer.parseInt(size.group(1)) : 0, USUAL_LINES),
        number(
            environment.get("COLUMNS"),
            isKnown ? Integer.parseInt(size.group(2)) : 0,
            USUAL_COLUMNS));
  }

  private static int number(@Nullable String wanted, int told, int usual) {
    if (wanted != null && wanted.matches("[1-9][0-9]{0,4}")) {
      return Integer.parseInt(wanted);
    }
    return told > 0 ? told : usual;
  }
}
