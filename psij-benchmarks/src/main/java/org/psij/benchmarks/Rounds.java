package org.psij.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Takes several measurements in turn, round after round, so that whatever else the machine does
 * hits all of them alike. A ratio is taken within each round.
 *
 * @param <T> what is measured
 */
final class Rounds<T> {
  /**
   * Something to measure.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Measurement<T> {
    T take() throws Exception;
  }

  private final Map<String, Measurement<T>> measurements = new LinkedHashMap<>();
  private final Map<String, List<T>> taken = new LinkedHashMap<>();

  /** Adds a measurement, to be taken after those before it. */
  Rounds<T> with(String name, Measurement<T> measurement) {
    measurements.put(name, measurement);
    taken.put(name, new ArrayList<>());
    return this;
  }

  /** Takes each once for nothing, so that all is loaded and compiled. */
  Rounds<T> warmUp() throws Exception {
    return warmUp(1);
  }

  /** Takes each some times for nothing. */
  Rounds<T> warmUp(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      for (Measurement<T> measurement : measurements.values()) {
        measurement.take();
      }
    }
    return this;
  }

  Rounds<T> run(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Measurement<T>> each : measurements.entrySet()) {
        taken(each.getKey()).add(each.getValue().take());
      }
    }
    return this;
  }

  /** One figure of a measurement, in all rounds. */
  Figures of(String name, ToDoubleFunction<T> figure) {
    return new Figures(taken(name).stream().map(figure::applyAsDouble).toList());
  }

  /** How many times the figure of the baseline another one is, in each round. */
  Figures ratio(String name, String baseline, ToDoubleFunction<T> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < taken(name).size(); round++) {
      ratios.add(
          figure.applyAsDouble(taken(name).get(round))
              / figure.applyAsDouble(taken(baseline).get(round)));
    }
    return new Figures(ratios);
  }

  private List<T> taken(String name) {
    List<T> values = taken.get(name);
    if (values == null) {
      throw new IllegalArgumentException("'" + name + "' is not measured");
    }
    return values;
  }
}
