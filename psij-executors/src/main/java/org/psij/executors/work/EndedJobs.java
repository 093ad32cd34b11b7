package org.psij.executors.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;

/** Tells of which jobs in a work directory it is certain that they have ended, and when. */
public final class EndedJobs {
  private final WorkDirectory directory;
  private final Predicate<JobDirectory> hasLeft;

  /**
   * Looks at the jobs of an executor, and asks nobody else.
   *
   * @param directory its folder
   */
  public EndedJobs(WorkDirectory directory) {
    this(directory, job -> false);
  }

  /**
   * Looks at the jobs of an executor.
   *
   * @param directory its folder
   * @param hasLeft tells whether it is certain that the scheduler will not run a job, or run it
   *     again; asked about those only that were stopped or cancelled
   */
  public EndedJobs(WorkDirectory directory, Predicate<JobDirectory> hasLeft) {
    this.directory = directory;
    this.hasLeft = hasLeft;
  }

  /**
   * Tells when a job or all tasks of an array had ended.
   *
   * @param job the place of the job or of the array
   * @param oldest what ended after this counts as not ended
   * @return the time of the last end, or null if there is one that is not certain, or of which the
   *     process that answers for the job has not told yet
   * @throws IOException if a file cannot be read
   */
  public @Nullable Instant end(JobDirectory job, Instant oldest) throws IOException {
    Instant last = null;
    for (JobDirectory place : places(job, oldest)) {
      Instant end = endOfOne(place);
      if (end == null || !end.isBefore(oldest)) {
        return null;
      }
      last = last == null || end.isAfter(last) ? end : last;
    }
    return last;
  }

  /** Those of all tasks of an array, which go together, or the one of a job. */
  private static List<JobDirectory> places(JobDirectory job, Instant oldest) throws IOException {
    if (!Files.isRegularFile(job.jobIds())) {
      return List.of(job);
    }
    Instant submission = time(job.submitting());
    if (submission == null || !submission.isBefore(oldest)) {
      return List.of();
    }
    return IntStream.range(0, tasks(job)).mapToObj(job::task).toList();
  }

  /** The number of jobs that have their place in a directory. */
  static int tasks(JobDirectory job) throws IOException {
    if (!Files.isRegularFile(job.jobIds())) {
      return 1;
    }
    try (Stream<String> ids = Files.lines(job.jobIds())) {
      return (int) ids.count();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private @Nullable Instant endOfOne(JobDirectory job) throws IOException {
    if (Files.exists(job.told())) {
      return time(job.told());
    }
    if (isOwned(job)) {
      return null;
    }
    StatusFile status = new StatusFile(job);
    for (StatusLine line : status.read()) {
      if (line.state().isFinal()) {
        return !mayRunAgain(job, line) || hasLeft.test(job) ? time(job.status(status.run())) : null;
      }
    }
    boolean isCanceledInQueue = Files.exists(job.cancelMark()) && !Files.exists(job.claim());
    return isCanceledInQueue && hasLeft.test(job) ? time(job.cancelMark()) : null;
  }

  /** A job of a scheduler that was stopped may be back in the queue. */
  private static boolean mayRunAgain(JobDirectory job, StatusLine last) {
    return Files.exists(job.nearest(JobDirectory::submitting))
        && last.state() == JobState.FAILED
        && (last.isToldToStop() || (last.exitCode() != null && last.exitCode() >= 128));
  }

  /**
   * Tells whether another process has still to find out how a job has ended.
   *
   * @param job the place of the job
   * @return true if that process is alive, answers for the job, and has not told of its end
   * @throws IOException if a file cannot be read
   */
  public boolean isAwaitedElsewhere(JobDirectory job) throws IOException {
    return !Files.exists(job.told()) && isOwned(job) && !directory.owner().equals(owner(job));
  }

  private boolean isOwned(JobDirectory job) throws IOException {
    String owner = owner(job);
    return owner != null && WorkDirectory.isUuid(owner) && directory.isAlive(owner);
  }

  private static @Nullable String owner(JobDirectory job) throws IOException {
    return SmallFile.read(job.nearest(JobDirectory::owner));
  }

  private static @Nullable Instant time(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
