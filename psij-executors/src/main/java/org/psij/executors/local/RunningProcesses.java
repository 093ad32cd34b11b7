package org.psij.executors.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the journals are that tell of the processes which this JVM has started: any executor in it
 * may attach to them, whatever its work directory.
 */
final class RunningProcesses {
  private static final Map<Long, Home> BY_PID = new ConcurrentHashMap<>();

  private record Home(ProcessId process, Path root) {}

  private RunningProcesses() {}

  static void add(StartedProcess started, Path root) {
    Home home = new Home(started.id(), root);
    BY_PID.put(started.id().pid(), home);
    started.onEnd(end -> BY_PID.remove(started.id().pid(), home));
  }

  /** Forgets what ended after the executor that had started it was closed. */
  static void removeEnded() {
    BY_PID.values().removeIf(home -> !home.process().isAlive());
  }

  /** The folder with the journal that has a process, or null if this JVM has started none. */
  static @Nullable Path find(long pid) {
    Home home = BY_PID.get(pid);
    if (home != null && !home.process().isAlive()) {
      BY_PID.remove(pid, home); // its executor was closed before it ended
    }
    return home == null ? null : home.root();
  }
}
