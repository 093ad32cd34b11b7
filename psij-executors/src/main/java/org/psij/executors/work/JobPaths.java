package org.psij.executors.work;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;

/**
 * Where the files of a job are.
 *
 * @param spec the specification of the job
 * @param directory its place on disk, or null for a job that is started as it is
 * @param submitterDirectory where relative paths of the submitter's side begin
 * @param sharedLog the file that takes the output of launchers and scripts of all jobs, or null if
 *     each has its own
 */
public record JobPaths(
    JobSpec spec,
    @Nullable JobDirectory directory,
    Path submitterDirectory,
    @Nullable Path sharedLog) {

  /**
   * Tells whether a job runs in a directory that the library makes for it.
   *
   * @param spec the specification of the job
   * @return true if it stages or cleans up, and names no directory
   */
  public static boolean runsInOwnDirectory(JobSpec spec) {
    boolean staged =
        !spec.getStageIn().isEmpty()
            || !spec.getStageOut().isEmpty()
            || !spec.getCleanup().isEmpty();
    return spec.getDirectory() == null && staged;
  }

  /**
   * Names the working directory.
   *
   * @return its absolute path
   */
  public Path workingDirectory() {
    if (spec.getDirectory() != null) {
      return submitterDirectory.resolve(spec.getDirectory());
    }
    return directory != null && runsInOwnDirectory(spec) ? directory.work() : submitterDirectory;
  }

  /**
   * Names the file for the standard output.
   *
   * @return the file, or null if the output is thrown away
   */
  public @Nullable Path stdout() {
    Path ownFile = directory == null ? null : directory.stdout();
    return spec.getStdoutPath() == null ? ownFile : resolved(spec.getStdoutPath());
  }

  /**
   * Names the file for the standard error.
   *
   * @return the file, or null if the output is thrown away
   */
  public @Nullable Path stderr() {
    Path ownFile = directory == null ? null : directory.stderr();
    return spec.getStderrPath() == null ? ownFile : resolved(spec.getStderrPath());
  }

  /**
   * Names the file for what launcher and scripts print.
   *
   * @return the file, or null if there is none
   */
  public @Nullable Path launcherLog() {
    if (directory == null) {
      return null;
    }
    return sharedLog == null ? directory.launcherLog() : sharedLog;
  }

  private Path resolved(Path path) {
    return workingDirectory().resolve(path);
  }
}
