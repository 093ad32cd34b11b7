package org.psij;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.psij.spi.Detection;

/** The executor that the name {@code auto} stands for, and why. Immutable. */
public final class ExecutorChoice {
  private final String name;
  private final String reason;
  private final Map<String, Detection> detections;

  ExecutorChoice(String name, String reason, Map<String, Detection> detections) {
    this.name = name;
    this.reason = reason;
    this.detections = Collections.unmodifiableMap(new LinkedHashMap<>(detections));
  }

  /**
   * Names the executor.
   *
   * @return its name, not an alias
   */
  public String getName() {
    return name;
  }

  /**
   * Tells why it was chosen, for people.
   *
   * @return a clause without a full stop
   */
  public String getReason() {
    return reason;
  }

  /**
   * Tells what all executors found out that had something to say, the chosen one among them.
   *
   * @return by the name of the executor, the best first; empty if {@code PSIJ_EXECUTOR} names the
   *     executor, since then none is asked; cannot be modified
   */
  public Map<String, Detection> getDetections() {
    return detections;
  }

  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
