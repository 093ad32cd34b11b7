package org.psij.executors.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A way to start processes, each in a session of its own where the system allows it. Writes to the
 * journal of its executor that it is about to start one, that it has, and how that ended.
 */
interface ProcessStarter extends AutoCloseable {
  /** A process that is being started. */
  interface Start {
    /**
     * Waits until the process is there. To be called once.
     *
     * @throws UnknownStartException if nobody can tell whether it was started
     * @throws IOException if it cannot be started; nothing runs then
     */
    StartedProcess await() throws IOException;
  }

  /**
   * Starts processes that outlive this one if need be.
   *
   * @param requests by the id of the job that each is for, in the order in which they are started
   * @return the starts, in the same order
   */
  List<Start> start(Map<String, ProcessRequest> requests);

  /** Tells whether what cannot be started is refused with the reason that the system gives. */
  boolean tellsRefusals();

  /** Tells whether text arrives as UTF-8 even if the locale of this JVM cannot carry it. */
  boolean carriesAnyText();

  /** Names this way, and why it was chosen, for people. */
  String describe();

  /** Starts nothing more; what runs goes on, and its end is still written to the journal. */
  @Override
  void close();
}
