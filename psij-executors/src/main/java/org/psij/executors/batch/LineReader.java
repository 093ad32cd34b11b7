package org.psij.executors.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of UTF-8 while they come; bytes that are none are replaced. Of a line that is longer
 * than {@link #LONGEST} only the beginning is kept, so that none fills the memory. Not safe for use
 * by several threads.
 */
public final class LineReader {
  /** The most characters of a line, ten times what a job's longest variable may have. */
  public static final int LONGEST = 1 << 20;

  private static final int BUFFER = 1 << 14;

  private final Reader reader;
  private final char[] buffer = new char[BUFFER];
  private final StringBuilder line = new StringBuilder();
  private int start;
  private int end;

  /**
   * Reads from a stream.
   *
   * @param input where the lines come from; the caller closes it
   */
  public LineReader(InputStream input) {
    this.reader = new InputStreamReader(input, StandardCharsets.UTF_8);
  }

  /**
   * Reads the next line.
   *
   * @return the line without its end, or null if there is no more; what follows the last end is no
   *     line, since a part may be missing
   * @throws UncheckedIOException if the stream cannot be read on
   */
  public @Nullable String next() {
    line.setLength(0);
    while (start < end || fill()) {
      int begin = start;
      while (start < end && buffer[start] != '\n') {
        start++;
      }
      boolean ends = start < end;
      if (ends && line.isEmpty()) {
        return withoutReturn(new String(buffer, begin, start++ - begin));
      }
      line.append(buffer, begin, Math.min(start - begin, LONGEST - line.length()));
      if (ends) {
        start++;
        return withoutReturn(line.toString());
      }
    }
    return null;
  }

  private static String withoutReturn(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private boolean fill() {
    try {
      start = 0;
      end = Math.max(0, reader.read(buffer));
    } catch (IOException e) {
      throw new UncheckedIOException("The output of a command cannot be read on", e);
    }
    return end > 0;
  }
}
