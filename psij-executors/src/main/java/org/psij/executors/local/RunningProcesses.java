package org.psij.executors.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the journals are that tell of the processes which this JVM has started and which still run:
 * any executor in it may attach to them, whatever its work directory.
 */
final class RunningProcesses {
  private static final Map<Long, Path> BY_PID = new ConcurrentHashMap<>();

  private RunningProcesses() {}

  static void add(StartedProcess process, Path root) {
    long pid = process.id().pid();
    BY_PID.put(pid, root);
    process.onEnd(end -> BY_PID.remove(pid, root));
  }

  /** The folder with the journal that has a process, or null if this JVM has not started it. */
  static @Nullable Path find(long pid) {
    return BY_PID.get(pid);
  }
}
