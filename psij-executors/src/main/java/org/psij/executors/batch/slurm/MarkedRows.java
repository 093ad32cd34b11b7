package org.psij.executors.batch.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose columns all end with a mark, which nobody can have written into a name: it is another
 * one each time. So a name may hold bars and newlines. Not safe for use by several threads.
 */
final class MarkedRows {
  /** No name and no list of nodes comes near it. */
  private static final int LONGEST_COLUMN = 1 << 22;

  private final Reader output;
  private final String mark;
  private final int columns;
  private final char[] chunk = new char[1 << 13];
  private final StringBuilder text = new StringBuilder();
  private int at;

  MarkedRows(InputStream output, String mark, int columns) {
    this.output = new InputStreamReader(output, StandardCharsets.UTF_8);
    this.mark = mark;
    this.columns = columns;
  }

  /** Reads a row; null if there is none that has an end. */
  String @Nullable [] next() throws IOException {
    String[] row = new String[columns];
    for (int column = 0; column < columns; column++) {
      String cell = column();
      if (cell == null) {
        return null;
      }
      row[column] = cell;
    }
    // behind the end of the line before, and whatever may have been printed between the two
    row[0] = row[0].substring(row[0].lastIndexOf('\n') + 1);
    return row;
  }

  /** What is there behind the last mark: a newline, unless the output was cut short. */
  String rest() {
    return text.substring(at);
  }

  private @Nullable String column() throws IOException {
    int searched = at;
    int end = text.indexOf(mark, searched);
    while (end < 0) {
      searched = Math.max(at, text.length() - mark.length() + 1) - at;
      text.delete(0, at);
      at = 0;
      int count = output.read(chunk);
      if (count < 0) {
        return null;
      }
      text.append(chunk, 0, count);
      if (text.length() > LONGEST_COLUMN) {
        throw new IOException("a column of more than " + LONGEST_COLUMN + " characters");
      }
      end = text.indexOf(mark, searched);
    }
    String column = text.substring(at, end);
    at = end + mark.length();
    return column;
  }
}
