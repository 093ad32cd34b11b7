package org.psij.executors.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes that this JVM has started and that still run, whichever executor started them: they
 * are children of the JVM, and any executor in it may attach to them.
 */
final class RunningProcesses {
  private static final Map<Long, StartedProcess> BY_PID = new ConcurrentHashMap<>();

  private RunningProcesses() {}

  static void add(StartedProcess process) {
    BY_PID.put(process.pid(), process);
    process.onEnd(end -> BY_PID.remove(process.pid(), process));
  }

  static @Nullable StartedProcess find(long pid) {
    return BY_PID.get(pid);
  }
}
