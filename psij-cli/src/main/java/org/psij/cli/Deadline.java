package org.psij.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a command waits in all, whatever number of jobs it waits for. */
final class Deadline {
  private final @Nullable Duration timeout;
  private final long start = System.nanoTime();

  private Deadline(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** Starts to count; without a timeout the deadline never comes. */
  static Deadline after(@Nullable Duration timeout) {
    return new Deadline(timeout);
  }

  /** Tells what is left, zero when it is over, or null if there is no end to it. */
  @Nullable Duration remaining() {
    if (timeout == null) {
      return null;
    }
    Duration left = timeout.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Tells what is left of a time within the deadline. */
  Duration atMost(Duration time) {
    Duration left = remaining();
    return left == null || left.compareTo(time) > 0 ? time : left;
  }

  boolean isOver() {
    return Duration.ZERO.equals(remaining());
  }
}
