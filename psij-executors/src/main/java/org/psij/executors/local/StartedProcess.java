package org.psij.executors.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs, or has ended. Safe for use by many threads. */
final class StartedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(StartedProcess.class);

  private final ProcessId id;

  // guarded by this
  private final List<Consumer<ProcessEnd>> listeners = new ArrayList<>(1);
  private @Nullable ProcessEnd end;

  StartedProcess(ProcessId id) {
    this.id = id;
  }

  ProcessId id() {
    return id;
  }

  /** Calls a listener once when the process has ended, or now if it has. */
  void onEnd(Consumer<ProcessEnd> listener) {
    ProcessEnd known;
    synchronized (this) {
      known = end;
      if (known == null) {
        listeners.add(listener);
      }
    }
    if (known != null) {
      tell(listener, known);
    }
  }

  /** The process has ended; told once by its starter. */
  void ended(ProcessEnd how) {
    List<Consumer<ProcessEnd>> waiting;
    synchronized (this) {
      end = how;
      waiting = List.copyOf(listeners);
      listeners.clear();
    }
    waiting.forEach(listener -> tell(listener, how));
  }

  private void tell(Consumer<ProcessEnd> listener, ProcessEnd how) {
    try {
      listener.accept(how);
    } catch (RuntimeException | Error e) {
      LOG.error("The end of process {} was not dealt with", id.pid(), e);
    }
  }
}
