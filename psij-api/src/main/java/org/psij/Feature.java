package org.psij;

/**
 * An ability that an executor may or may not have. Starting one process with arguments,
 * environment, working directory and redirected streams, following its states, and cancelling it
 * are no features: every executor does that.
 */
public enum Feature {
  /**
   * {@link JobSpec#getStageIn()}, {@link JobSpec#getStageOut()} and {@link JobSpec#getCleanup()}.
   */
  STAGING,
  /** {@link JobSpec#getPreLaunch()} and {@link JobSpec#getPostLaunch()}. */
  PRE_POST_LAUNCH,
  /** More than one process, and {@code PSIJ_NODEFILE}. */
  MULTI_PROCESS,
  /** {@link JobExecutor#attach}. */
  ATTACH,
  /** {@link JobExecutor#recover()}. */
  RECOVER
}
