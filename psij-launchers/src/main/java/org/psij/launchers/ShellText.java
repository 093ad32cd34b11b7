package org.psij.launchers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shell script of this package that travels in a command, as {@code bash -p -c TEXT}. Other
 * shells drop variables that they cannot export, such as functions; {@code -p} keeps bash from
 * running {@code BASH_ENV}.
 */
final class ShellText {
  private final String name;
  private final String text;

  private ShellText(String name, String text) {
    this.name = name;
    this.text = text;
  }

  static ShellText ofResource(String name) {
    try (InputStream in = ShellText.class.getResourceAsStream(name + ".sh")) {
      if (in == null) {
        throw new IllegalStateException("The script " + name + ".sh is not in the jar");
      }
      return new ShellText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> command(List<String> parameters, List<String> executableAndArguments) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-p", "-c", text, "psij-" + name));
    command.addAll(parameters);
    command.addAll(executableAndArguments);
    return command;
  }

  /** The words as a shell reads them back, character by character. */
  static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
