package org.psij.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was measured, as a table of Markdown. */
final class Table {
  private static final String HEAD =
      """
      | what | baseline | library | ratio | target | |
      |---|---|---|---|---|---|
      """;

  private final List<String> rows = new ArrayList<>();

  /** Adds what is judged by its ratio to the baseline. */
  <T> Table ratio(
      String what,
      String unit,
      Rounds<T> rounds,
      String library,
      String baseline,
      ToDoubleFunction<T> figure,
      Target target) {
    Figures ratio = rounds.ratio(library, baseline, figure);
    return row(
        what,
        rounds.of(baseline, figure) + " " + unit,
        rounds.of(library, figure) + " " + unit,
        ratio.toString(),
        target.text(),
        target.verdict(ratio.median()));
  }

  /** Adds what is judged by itself. */
  Table figure(String what, String unit, Figures figures, Target target) {
    return row(what, "", figures + " " + unit, "", target.text(), target.verdict(figures.median()));
  }

  /** Adds what is judged by itself, and has a baseline to compare it with. */
  <T> Table figure(
      String what,
      String unit,
      Rounds<T> rounds,
      String library,
      String baseline,
      ToDoubleFunction<T> figure,
      Target target) {
    Figures figures = rounds.of(library, figure);
    return row(
        what,
        rounds.of(baseline, figure) + " " + unit,
        figures + " " + unit,
        rounds.ratio(library, baseline, figure).toString(),
        target.text(),
        target.verdict(figures.median()));
  }

  private Table row(String... cells) {
    rows.add("| " + String.join(" | ", cells).replaceAll(" +\\|", " |").strip() + " |\n");
    return this;
  }

  @Override
  public String toString() {
    return HEAD + String.join("", rows);
  }
}
