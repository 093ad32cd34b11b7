package org.psij.executors.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
  private static List<String> lines(byte[] bytes) {
    LineReader reader = new LineReader(new ByteArrayInputStream(bytes));
    List<String> lines = new ArrayList<>();
    for (String line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }

  @Test
  void linesAreReadWithoutTheirEnds() {
    assertThat(lines("a\n\nb c\r\n\r\n".getBytes(UTF_8))).containsExactly("a", "", "b c", "");
  }

  @Test
  void halfALineIsNone() {
    assertThat(lines("whole\nhal".getBytes(UTF_8))).containsExactly("whole");
    assertThat(lines(new byte[0])).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreReplaced() {
    assertThat(lines("caf\u00e9\ncaf\u00e9\n".getBytes(ISO_8859_1)))
        .containsExactly("caf\ufffd", "caf\ufffd");
  }

  @Test
  void linesAcrossBuffersAreWhole() {
    List<String> expected = new ArrayList<>();
    for (int length = 0; length < 40_000; length += 997) {
      expected.add("é".repeat(length));
    }
    assertThat(lines((String.join("\n", expected) + "\n").getBytes(UTF_8))).isEqualTo(expected);
  }

  @Test
  void longLineIsCutAndTheNextIsNot() {
    String text = "x".repeat(3 * LineReader.LONGEST) + "\nnext\n";

    assertThat(lines(text.getBytes(UTF_8))).containsExactly("x".repeat(LineReader.LONGEST), "next");
  }

  @Test
  void streamThatFailsIsAFailure() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new LineReader(closed).next())
        .withRootCauseInstanceOf(IOException.class);
  }
}
