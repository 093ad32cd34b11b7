package org.psij.executors.local;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param exitCode what it returned; 128 and the number of the signal if it was killed; null if
 *     nobody who could tell has watched it
 * @param signal the signal that killed it, 0 if there was none, or null if the starter cannot tell
 * @param time when it ended
 */
record ProcessEnd(@Nullable Integer exitCode, @Nullable Integer signal, Instant time) {
  static ProcessEnd unknown() {
    return new ProcessEnd(null, null, Instant.now());
  }
}
