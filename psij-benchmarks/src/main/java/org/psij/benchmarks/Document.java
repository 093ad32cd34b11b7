package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document in which a part between two comments is written by a command, and all else by hand.
 *
 * @param file the document
 */
record Document(Path file) {
  /** Replaces what a command has written before, and touches nothing else. */
  void replace(String command, String text) throws IOException {
    String document = Files.readString(file);
    String begin = "<!-- begin: psij-benchmarks/run " + command + " -->\n";
    String end = "<!-- end: psij-benchmarks/run " + command + " -->\n";
    int from = document.indexOf(begin);
    int to = document.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(file + " has no place for what '" + command + "' measures");
    }
    Files.writeString(
        file,
        document.substring(0, from + begin.length())
            + "\n"
            + text.strip()
            + "\n\n"
            + document.substring(to));
  }
}
