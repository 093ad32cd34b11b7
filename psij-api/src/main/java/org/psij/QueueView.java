package org.psij;

import java.util.List;
import java.util.stream.Stream;

/**
 * A capability of an executor: shows all jobs that its scheduler knows and this user may see, those
 * that the library submitted and all others. Jobs that ended are among them as long as the
 * scheduler, or its accounting, tells of them. Safe for use by many threads.
 *
 * @see JobExecutor#capability
 */
public interface QueueView {
  /**
   * Reads the jobs while the scheduler lists them, so that they need not fit into memory. A row
   * that cannot be read is left out, with a warning in the log.
   *
   * @return the jobs, each once, in the order of the scheduler; to be closed, which ends the
   *     command that lists them
   * @throws SubmitException if the scheduler cannot be asked; the stream throws it too, if the
   *     scheduler fails half way
   */
  Stream<QueuedJob> stream();

  /**
   * Reads all jobs.
   *
   * @return the jobs of this moment
   * @throws SubmitException if the scheduler cannot be asked
   */
  default QueueSnapshot snapshot() {
    try (Stream<QueuedJob> jobs = stream()) {
      List<QueuedJob> all = jobs.toList();
      return new QueueSnapshot(all);
    }
  }
}
