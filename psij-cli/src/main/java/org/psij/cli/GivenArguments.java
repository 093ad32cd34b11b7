package org.psij.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The words of the command line as they were given. In the locale C a JVM makes a question mark of
 * each byte that is not ASCII.
 */
final class GivenArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private GivenArguments() {}

  /**
   * Reads them again, if need be and where the system shows them.
   *
   * @param decoded what the JVM has made of them
   */
  static String[] of(String[] decoded) {
    if (!isAscii(System.getProperty("sun.jnu.encoding")) || !Files.isReadable(COMMAND_LINE)) {
      return decoded;
    }
    try {
      String[] words = Files.readString(COMMAND_LINE, StandardCharsets.UTF_8).split("\0", -1);
      int end = words.length - 1; // there is a NUL behind the last one, too
      return Arrays.copyOfRange(words, end - decoded.length, end);
    } catch (IOException e) {
      return decoded; // no UTF-8 either
    }
  }

  private static boolean isAscii(String encoding) {
    return Charset.isSupported(encoding)
        && Charset.forName(encoding).equals(StandardCharsets.US_ASCII);
  }
}
