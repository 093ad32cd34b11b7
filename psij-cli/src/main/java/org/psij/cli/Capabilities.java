package org.psij.cli;

import org.psij.JobExecutor;

/** What only some executors can do. */
final class Capabilities {
  private Capabilities() {}

  /**
   * Gives an ability of an executor.
   *
   * @param refusal what is said of an executor that has not got it, behind its name
   * @throws IllegalArgumentException if this one has not got it
   */
  static <C> C of(JobExecutor executor, Class<C> type, String refusal) {
    return executor
        .capability(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The executor '" + executor.getName() + "' " + refusal));
  }
}
