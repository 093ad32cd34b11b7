package org.psij;

import java.nio.file.Path;

/**
 * A capability of an executor: hands a ready batch script, with directives of its own, to the
 * scheduler as it is. Safe for use by many threads.
 *
 * @see JobExecutor#capability
 */
public interface BatchScripts {
  /**
   * Submits a script with the scheduler's own submit command and nothing else: in the current
   * directory, with the environment of this process but for the variables that would change what
   * the command does, such as {@code SBATCH_PARTITION}, or belong to an allocation in which this
   * process runs. The script is not changed and not copied. When this returns, the native id is set
   * and the job will be reported, by what the scheduler tells of it.
   *
   * @param job a job that was never submitted; it needs no specification, and one that it has is
   *     not looked at
   * @param script the script
   * @throws InvalidJobException if a directive of the script makes of it what is not one job that
   *     can be followed, such as an array, or if no command can carry its path; the message names
   *     the line
   * @throws SubmitException if there is no such file or it cannot be read, or the scheduler did not
   *     take it
   * @throws InvalidStateException if the job was submitted before, or the executor is closed
   */
  void submit(Job job, Path script);
}
