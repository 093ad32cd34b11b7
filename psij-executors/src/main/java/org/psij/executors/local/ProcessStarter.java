package org.psij.executors.local;

import java.io.IOException;
import java.util.Collection;
import org.psij.executors.work.Signal;

/** A way to start processes, each in a session of its own where the system allows it. */
interface ProcessStarter extends AutoCloseable {
  /**
   * Starts a process that outlives this one if need be.
   *
   * @throws IOException if it cannot be started; nothing runs then
   */
  StartedProcess start(ProcessRequest request) throws IOException;

  /** Sends a signal to whole process groups; those that are gone already are no error. */
  void signalGroups(Collection<Long> groups, Signal signal) throws IOException;

  /** Tells whether {@link ProcessEnd#signal()} is known. */
  boolean tellsSignals();

  /** Names this way, and why it was chosen, for people. */
  String describe();

  @Override
  void close();
}
