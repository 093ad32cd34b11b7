package org.psij.executors.local;

/** A capability of the local executor: tells how it starts processes. */
@FunctionalInterface
public interface ProcessStarting {
  /**
   * Names the way in which processes are started, for people.
   *
   * @return the way, such as {@code ProcessBuilder with setsid}
   */
  String describe();
}
