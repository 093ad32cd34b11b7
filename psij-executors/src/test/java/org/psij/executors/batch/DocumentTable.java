package org.psij.executors.batch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A table in a document that a test makes, between the comments {@code <!-- NAME: made by a test
 * -->} and {@code <!-- end of NAME -->}. With {@code -Dpsij.docs.update=true} it is written anew.
 */
final class DocumentTable {
  private static final boolean UPDATE = Boolean.getBoolean("psij.docs.update");

  private static final Path LOCK = Path.of("target", "documents.lock");

  private final Path document;
  private final String begin;
  private final String end;

  DocumentTable(String document, String name) {
    this.document = Path.of("../docs", document);
    begin = "<!-- " + name + ": made by a test -->\n\n";
    end = "\n<!-- end of " + name + " -->";
  }

  /** Makes a line of the table. */
  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Makes the line below the heads. */
  static String rule(int columns) {
    return "|" + "---|".repeat(columns);
  }

  /** Gives what stands in the document. */
  List<String> lines() {
    String text = read();
    return text.substring(from(text), to(text)).lines().toList();
  }

  /** Fails if the document says something else. */
  void requireLines(List<String> lines) {
    if (UPDATE) {
      replace(String.join("\n", lines) + "\n");
    }
    assertThat(lines())
        .as("%s is out of date: run this test with -Dpsij.docs.update=true", document)
        .isEqualTo(lines);
  }

  /** Other tests may do so at the same time, in processes of their own. */
  private void replace(String table) {
    try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      String text = read();
      Files.writeString(document, text.substring(0, from(text)) + table + text.substring(to(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int from(String text) {
    int found = text.indexOf(begin);
    assertThat(found).as("%s has no %s", document, begin).isNotNegative();
    return found + begin.length();
  }

  private int to(String text) {
    int found = text.indexOf(end, from(text) - 1);
    assertThat(found).as("%s has no %s", document, end).isNotNegative();
    return Math.max(found, from(text));
  }

  private String read() {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
