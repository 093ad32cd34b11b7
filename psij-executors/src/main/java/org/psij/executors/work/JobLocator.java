package org.psij.executors.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.psij.Job;

/** What an executor knows about where the files of its jobs are. */
public interface JobLocator {
  /**
   * Finds the files of a job.
   *
   * @param job a job of the executor
   * @return where they are, or null if that is not known
   * @throws IOException if that cannot be found out
   */
  @Nullable JobPaths paths(Job job) throws IOException;

  /**
   * Tells whether another process has still to find out how a job has ended.
   *
   * @param job a job of the executor
   * @return true if that process is alive, answers for the job, and has not told of its end
   * @throws IOException if that cannot be found out
   */
  boolean isAwaitedElsewhere(Job job) throws IOException;

  /**
   * Removes what the library has left behind for a job that has ended.
   *
   * @param job a job of the executor
   * @throws IOException if something cannot be removed
   */
  void free(Job job) throws IOException;
}
