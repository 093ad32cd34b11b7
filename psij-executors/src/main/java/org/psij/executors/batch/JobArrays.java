package org.psij.executors.batch;

/** Which jobs {@code submitAll} may hand to the scheduler as one array. */
public enum JobArrays {
  /** All that the scheduler treats alike. In the queue they have the name of the first one. */
  ALWAYS,
  /** Those that also have the same name, so that every name shows in the queue. */
  SAME_NAME,
  /** None: each job is submitted by itself. */
  NEVER
}
