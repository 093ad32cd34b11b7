package org.psij.executors.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program was given, byte by byte, as the kernel keeps it. */
record Receiver(String input, String directory, List<String> arguments, List<String> environment) {
  /** The program: prints what it was given, each text with a NUL behind it. */
  static final String SCRIPT =
      """
      #!/bin/sh
      /bin/cat
      printf '\\0'
      /usr/bin/readlink -z /proc/$$/cwd
      printf '%s\\0' $#
      /bin/cat /proc/$$/cmdline /proc/$$/environ
      echo "to the standard error" >&2
      """;

  static final String ERROR = "to the standard error\n";

  /** The interpreter and the path of the script stand before the arguments. */
  private static final int BEFORE_ARGUMENTS = 2;

  /** Reads what the program printed, which must be whole and UTF-8. */
  static Receiver read(Path file) throws IOException {
    String printed =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
            .toString();
    List<String> texts = List.of(printed.split("\0", -1));
    int start = 3 + BEFORE_ARGUMENTS;
    int end = start + Integer.parseInt(texts.get(2));
    return new Receiver(
        texts.get(0),
        texts.get(1),
        texts.subList(start, end),
        texts.subList(end, texts.size() - 1));
  }

  /** The values of a variable, of which there should be one. */
  List<String> variable(String name) {
    return environment.stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .toList();
  }
}
