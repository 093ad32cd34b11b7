package org.psij.executors.local;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process of this machine, told from a later one with the same number. Immutable.
 *
 * @param pid its number
 * @param birth when it was started, in the words of the system; {@link #UNKNOWN_BIRTH} if that was
 *     not to be had
 * @param startTime when it was started, by our clock
 */
record ProcessId(long pid, String birth, Instant startTime) {
  static final String UNKNOWN_BIRTH = "-";

  /** By this much may the start of a process, by its own account and by ours, differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  /** Describes a process that was started just now. */
  static ProcessId ofStarted(long pid) {
    ProcessTable.Row row = ProcessTable.find(pid);
    return new ProcessId(pid, row == null ? UNKNOWN_BIRTH : row.birth(), Instant.now());
  }

  /** Finds a process, or null if none with this number is alive. */
  static @Nullable ProcessId ofAlive(long pid) {
    ProcessTable.Row row = ProcessTable.find(pid);
    if (row == null) {
      return null;
    }
    Instant start =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .orElseGet(Instant::now);
    return new ProcessId(pid, row.birth(), start);
  }

  /** Tells whether this very process is alive; a zombie is not. */
  boolean isAlive() {
    ProcessTable.Row row = ProcessTable.find(pid);
    return row != null && isSame(row);
  }

  /** Tells whether a living process with the same number is this one. */
  boolean isSame(ProcessTable.Row row) {
    if (!birth.equals(UNKNOWN_BIRTH)) {
      return birth.equals(row.birth());
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> start.isBefore(startTime.plus(CLOCK_TOLERANCE)))
        .orElse(true);
  }
}
