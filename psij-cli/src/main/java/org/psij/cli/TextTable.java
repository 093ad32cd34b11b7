package org.psij.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Text in columns, as wide as what stands in them. Characters that would control the terminal are
 * shown as {@code ?}. Not safe for use by several threads.
 */
final class TextTable {
  private static final int GAP = 2;

  /** A column is not made narrower than this for the sake of the others. */
  private static final int NARROWEST = 4;

  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;
  private final Set<Integer> cutLast = new HashSet<>();

  TextTable(String... headings) {
    widths = new int[headings.length];
    add(headings);
  }

  /** Says which columns are cut only when no other can be made narrower. */
  TextTable cutLast(String... headings) {
    for (String heading : headings) {
      cutLast.add(rows.get(0).indexOf(heading));
    }
    return this;
  }

  /** Adds a row with as many cells as there are headings. */
  void add(String... cells) {
    if (cells.length != widths.length) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells in a table of " + widths.length + " columns");
    }
    List<String> row = Arrays.stream(cells).map(TextTable::printable).toList();
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Math.max(widths[column], TextWidth.of(row.get(column)));
    }
    rows.add(row);
  }

  /** Gives the lines, the headings first, as wide as they come. */
  List<String> lines() {
    return lines(widths);
  }

  /** Gives the lines, the headings first; the widest columns are cut until all fit. */
  List<String> lines(int width) {
    return lines(fitting(width));
  }

  private int[] fitting(int width) {
    int[] fitting = widths.clone();
    int excess = Arrays.stream(fitting).sum() + GAP * (fitting.length - 1) - width;
    for (int left = excess; left > 0; left--) {
      int column = widest(fitting, false);
      column = column < 0 ? widest(fitting, true) : column;
      if (column < 0) {
        return fitting;
      }
      fitting[column]--;
    }
    return fitting;
  }

  /** The widest column of one kind that may become narrower; -1 if there is none. */
  private int widest(int[] fitting, boolean ofThoseCutLast) {
    int widest = -1;
    for (int column = 0; column < fitting.length; column++) {
      if (fitting[column] > NARROWEST
          && cutLast.contains(column) == ofThoseCutLast
          && (widest < 0 || fitting[column] > fitting[widest])) {
        widest = column;
      }
    }
    return widest;
  }

  private List<String> lines(int[] columnWidths) {
    return rows.stream().map(row -> line(row, columnWidths)).toList();
  }

  private static String line(List<String> row, int[] columnWidths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = TextWidth.cut(row.get(column), columnWidths[column]);
      line.append(cell).append(" ".repeat(columnWidths[column] - TextWidth.of(cell) + GAP));
    }
    return line.toString().stripTrailing();
  }

  private static String printable(String cell) {
    return cell.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
