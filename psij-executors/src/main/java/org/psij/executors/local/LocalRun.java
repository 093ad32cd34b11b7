package org.psij.executors.local;

import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.Launcher;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.StatusFile;

/** One job of the local executor on its way. */
final class LocalRun {
  private final Job job;
  private final Launcher launcher;
  private final Path stderr;
  private final @Nullable JobDirectory directory;
  private final @Nullable StatusFile statusFile;

  // guarded by this
  private @Nullable ProcessId process;
  private @Nullable WatchKey watchKey;
  private @Nullable EndReason endReason;
  private boolean treeGone = true;
  private @Nullable ProcessEnd end;
  private boolean finished;

  /** A job that is started as it is. */
  LocalRun(Job job, Launcher launcher, Path stderr) {
    this(job, launcher, stderr, null);
  }

  /** A job that is run by a script. */
  LocalRun(Job job, Launcher launcher, Path stderr, @Nullable JobDirectory directory) {
    this.job = job;
    this.launcher = launcher;
    this.stderr = stderr;
    this.directory = directory;
    this.statusFile = directory == null ? null : new StatusFile(directory);
  }

  Job job() {
    return job;
  }

  Launcher launcher() {
    return launcher;
  }

  /** The file that takes the standard error of the job. */
  Path stderr() {
    return stderr;
  }

  /** The directory of the script, or null if there is none. */
  @Nullable JobDirectory directory() {
    return directory;
  }

  @Nullable StatusFile statusFile() {
    return statusFile;
  }

  synchronized void started(ProcessId id) {
    process = id;
  }

  /** The process, or empty for a moment until it is known. */
  synchronized Optional<ProcessId> process() {
    return Optional.ofNullable(process);
  }

  synchronized void watched(@Nullable WatchKey key) {
    watchKey = key;
  }

  synchronized @Nullable WatchKey watchKey() {
    return watchKey;
  }

  /**
   * Notes that the library is about to end the job.
   *
   * @return false if it is being ended already, or has ended
   */
  synchronized boolean ending(EndReason reason) {
    if (endReason != null || end != null) {
      return false;
    }
    endReason = reason;
    treeGone = false;
    return true;
  }

  synchronized @Nullable EndReason endReason() {
    return endReason;
  }

  /**
   * Notes that nothing is left of the process tree.
   *
   * @return the end of the process if the job is to be finished now
   */
  synchronized @Nullable ProcessEnd gone() {
    treeGone = true;
    return finishOnce();
  }

  /**
   * Notes that the process has ended.
   *
   * @return its end if the job is to be finished now, and not only when its tree is gone
   */
  synchronized @Nullable ProcessEnd ended(ProcessEnd processEnd) {
    end = processEnd;
    return finishOnce();
  }

  private @Nullable ProcessEnd finishOnce() {
    if (finished || end == null || !treeGone) {
      return null;
    }
    finished = true;
    return end;
  }
}
