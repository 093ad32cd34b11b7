package org.psij.executors.batch.slurm;

import java.util.Arrays;
import java.util.function.Consumer;

/** The rows of an output, and the columns between their bars. */
final class Rows {
  private Rows() {}

  /**
   * Reads each row that has an end.
   *
   * @param output what a command printed
   * @param most into how many columns a row is divided at most, of which the last may hold bars
   * @param reader takes the columns of a row
   * @return false if there is a row that has no end
   */
  static boolean read(String output, int most, Consumer<String[]> reader) {
    int start = 0;
    for (int end = output.indexOf('\n'); end >= 0; end = output.indexOf('\n', start)) {
      reader.accept(columns(output.substring(start, end), most));
      start = end + 1;
    }
    return output.substring(start).isBlank();
  }

  private static String[] columns(String row, int most) {
    String[] columns = new String[most];
    int count = 0;
    int from = 0;
    int bar = row.indexOf('|');
    while (bar >= 0 && count < most - 1) {
      columns[count++] = row.substring(from, bar);
      from = bar + 1;
      bar = row.indexOf('|', from);
    }
    columns[count++] = row.substring(from);
    return Arrays.copyOf(columns, count);
  }
}
