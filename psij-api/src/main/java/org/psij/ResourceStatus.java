package org.psij;

/**
 * A capability of an executor: tells what its nodes and queues have, and how much of it is free.
 * Safe for use by many threads.
 *
 * @see JobExecutor#capability
 */
public interface ResourceStatus {
  /**
   * Asks the scheduler now.
   *
   * @return what it tells
   * @throws SubmitException if it cannot be asked
   */
  ResourceSummary look();
}
