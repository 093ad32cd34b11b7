package org.psij.benchmarks;

import java.util.function.DoublePredicate;

/**
 * What a figure should be.
 *
 * @param text in words
 * @param isMet whether a figure is so
 */
record Target(String text, DoublePredicate isMet) {
  /** For figures that stand beside others to explain them. */
  static final Target NONE = new Target("", value -> true);

  static Target atLeast(double limit) {
    return new Target("at least " + Figures.text(limit), value -> value >= limit);
  }

  static Target atMost(double limit) {
    return new Target("at most " + Figures.text(limit), value -> value <= limit);
  }

  static Target under(double limit, String unit) {
    return new Target(
        ("under " + Figures.text(limit) + " " + unit).strip(), value -> value < limit);
  }

  static Target over(double limit, String unit) {
    return new Target("over " + Figures.text(limit) + " " + unit, value -> value > limit);
  }

  String verdict(double value) {
    return text.isEmpty() ? "" : isMet.test(value) ? "met" : "**missed**";
  }
}
