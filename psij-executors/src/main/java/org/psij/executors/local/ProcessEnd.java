package org.psij.executors.local;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param exitCode what it returned; 128 and the number of the signal if it was killed
 * @param signal the signal that killed it, or null if there was none or the starter cannot tell
 * @param time when it ended
 */
record ProcessEnd(int exitCode, @Nullable Integer signal, Instant time) {}
