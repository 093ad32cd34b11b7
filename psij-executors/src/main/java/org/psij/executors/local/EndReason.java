package org.psij.executors.local;

/** Why the library itself ends a job. */
enum EndReason {
  CANCELED,
  WALLTIME_OVER
}
