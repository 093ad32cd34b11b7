package org.psij.executors.batch.pbs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one job in what {@code qstat -f} prints. Names count without regard to case: a
 * job of Torque has an {@code exit_status}, one of OpenPBS an {@code Exit_status}. Not safe for use
 * by several threads.
 */
final class QstatJob {
  private final String id;
  private final Map<String, String> attributes = new HashMap<>();

  private final boolean ofSlurm;

  /**
   * Starts without attributes.
   *
   * @param id the id of the job
   * @param ofSlurm whether the qstat of Slurm has printed it
   */
  QstatJob(String id, boolean ofSlurm) {
    this.id = id;
    this.ofSlurm = ofSlurm;
  }

  /**
   * Names the job.
   *
   * @return its id
   */
  String id() {
    return id;
  }

  /**
   * Tells who has printed the job.
   *
   * @return true if it was the qstat of Slurm
   */
  boolean isOfSlurm() {
    return ofSlurm;
  }

  /**
   * Keeps an attribute, unless there is one of that name already: what a job's environment looks
   * like comes later in the listing than the state.
   *
   * @param name its name
   * @param value its value
   */
  void put(String name, String value) {
    attributes.putIfAbsent(key(name), value);
  }

  /**
   * Looks up an attribute.
   *
   * @param name its name
   * @return its value, or null if there is none
   */
  @Nullable String get(String name) {
    return attributes.get(key(name));
  }

  /**
   * Looks up an attribute that has several names.
   *
   * @param name its name
   * @param other the name that it has elsewhere
   * @return its value, or null if there is none
   */
  @Nullable String get(String name, String other) {
    String value = get(name);
    return value == null ? get(other) : value;
  }

  /**
   * Looks up a number.
   *
   * @param name the name of the attribute
   * @return the number, or null if there is none
   */
  @Nullable Integer number(String name) {
    String value = get(name);
    try {
      return value == null ? null : Integer.valueOf(value.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
