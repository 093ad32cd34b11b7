package org.psij.executors.local;

import java.io.IOException;

/**
 * A way to start processes, each in a session of its own where the system allows it. Writes to the
 * journal of its executor that it is about to start one, that it has, and how that ended.
 */
interface ProcessStarter extends AutoCloseable {
  /**
   * Starts a process that outlives this one if need be.
   *
   * @throws UnknownStartException if nobody can tell whether it was started
   * @throws IOException if it cannot be started; nothing runs then
   */
  StartedProcess start(String jobId, ProcessRequest request) throws IOException;

  /** Tells whether text arrives as UTF-8 even if the locale of this JVM cannot carry it. */
  boolean carriesAnyText();

  /** Names this way, and why it was chosen, for people. */
  String describe();

  /** Starts nothing more; what runs goes on, and its end is still written to the journal. */
  @Override
  void close();
}
