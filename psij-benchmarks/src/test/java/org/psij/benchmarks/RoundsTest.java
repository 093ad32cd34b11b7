package org.psij.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final List<String> order = new ArrayList<>();

  private double note(String name, double value) {
    order.add(name);
    return value;
  }

  @Test
  void measurementsTakeTurns() throws Exception {
    new Rounds<Double>().with("a", () -> note("a", 1)).with("b", () -> note("b", 2)).run(2);

    assertThat(order).containsExactly("a", "b", "a", "b");
  }

  @Test
  void ratiosAreTakenWithinARound() throws Exception {
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with("slower each time", () -> note("a", order.size() + 1))
            .with("twice that", () -> note("b", order.size() * 2))
            .run(3);

    assertThat(rounds.ratio("twice that", "slower each time", value -> value))
        .hasToString("2 (2–2)");
  }

  @Test
  void figuresAreTheMedianAndTheSpread() {
    assertThat(new Figures(List.of(12.34, 1234.4, 0.1234))).hasToString("12.3 (0.123–1,234)");
    assertThat(new Figures(List.of(4.0, 1.0, 2.0, 3.0))).hasToString("2.50 (1–4)");
    assertThat(new Figures(List.of(1.0, 2.0, 3.0)).percentile(0.99)).isEqualTo(3);
  }

  @Test
  void targetsAreMetOrMissed() {
    assertThat(Target.atLeast(2).verdict(2)).isEqualTo("met");
    assertThat(Target.atMost(0.8).verdict(0.9)).isEqualTo("**missed**");
    assertThat(Target.NONE.verdict(7)).isEmpty();
  }
}
