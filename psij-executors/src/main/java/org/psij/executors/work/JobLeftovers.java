package org.psij.executors.work;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directories that ended jobs have left in a work directory. */
public final class JobLeftovers {
  private static final Logger LOG = LoggerFactory.getLogger(JobLeftovers.class);

  private final WorkDirectory directory;
  private final End end;
  private final JobRemover remover;

  /** Tells when jobs had ended. */
  @FunctionalInterface
  public interface End {
    /**
     * Tells when a job or all tasks of an array had ended.
     *
     * @param job the place of the job or of the array
     * @param oldest what ended after this counts as not ended
     * @return the time, or null if it is not certain that it has ended
     * @throws IOException if that cannot be found out
     */
    @Nullable Instant of(JobDirectory job, Instant oldest) throws IOException;
  }

  /**
   * Looks at the jobs of an executor.
   *
   * @param directory its folder
   * @param end tells when jobs had ended
   */
  public JobLeftovers(WorkDirectory directory, End end) {
    this.directory = directory;
    this.end = end;
    this.remover = new JobRemover(directory);
  }

  /**
   * Finds the directories of jobs that have ended; one that cannot be read is passed over.
   *
   * @param oldest jobs that ended after this are left out
   * @return what is left of them, in no order
   * @throws IOException if the folder cannot be listed
   */
  public List<Leftover> endedBefore(Instant oldest) throws IOException {
    List<Leftover> found = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(directory.root(), JobLeftovers::isJobDirectory)) {
      folders.forEach(folder -> addIfEnded(new JobDirectory(folder), oldest, found));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static boolean isJobDirectory(Path folder) {
    return WorkDirectory.isJobId(folder.getFileName().toString()) && JobRemover.isFolder(folder);
  }

  private void addIfEnded(JobDirectory job, Instant oldest, List<Leftover> found) {
    try {
      Instant ended = JobRemover.knows(job) ? end.of(job, oldest) : null;
      if (ended != null) {
        found.add(
            new Leftover(
                job.path(),
                SmallFile.read(job.nativeId()),
                EndedJobs.tasks(job),
                ended,
                JobRemover.size(job),
                () -> removeIfEnded(job, oldest)));
      }
    } catch (IOException e) {
      LOG.warn("{} is left out: {}", job.path(), e.getMessage(), e);
    }
  }

  /** It may have been submitted again since. */
  private void removeIfEnded(JobDirectory job, Instant oldest) throws IOException {
    if (end.of(job, oldest) != null) {
      remover.remove(job);
    }
  }
}
