package org.psij;

/** Why a job is {@link JobState#FAILED} or {@link JobState#CANCELED}. */
public enum FailureCause {
  /** The executable, or a script around it, returned an exit code other than zero. */
  EXIT_CODE,
  /** The executable was ended by a signal. */
  SIGNAL,
  /** The job used more memory than it had been granted. */
  OUT_OF_MEMORY,
  /** The job ran longer than its walltime. */
  TIME_LIMIT,
  /** The scheduler took the resources away for another job. */
  PREEMPTED,
  /** A node of the job went down. */
  NODE_FAILURE,
  /** The launcher was not found, did not start, or said that it failed. */
  LAUNCHER,
  /** A file could not be staged in or out. */
  STAGING,
  /** The scheduler turned the job down after it had taken it. */
  REJECTED,
  /** Somebody called {@link Job#cancel()}. */
  CANCELED_BY_USER,
  /** The scheduler or its administrator cancelled the job. */
  CANCELED_BY_SCHEDULER,
  /** The job is gone and nothing tells how it ended. */
  LOST
}
