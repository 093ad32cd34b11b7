package org.psij.benchmarks;

import java.util.List;
import java.util.Locale;

/** The same figure, several times. Immutable. */
final class Figures {
  private final List<Double> sorted;

  Figures(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured");
    }
    sorted = values.stream().sorted().toList();
  }

  static Figures of(double value) {
    return new Figures(List.of(value));
  }

  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The value that a part of all do not exceed, such as 0.99 of them. */
  double percentile(double part) {
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) (part * sorted.size())));
  }

  double most() {
    return sorted.get(sorted.size() - 1);
  }

  /** The median, and the least and the most of all rounds. */
  @Override
  public String toString() {
    return sorted.size() == 1
        ? text(median())
        : text(median()) + " (" + text(sorted.get(0)) + "–" + text(most()) + ")";
  }

  /** Three digits that count. */
  static String text(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
