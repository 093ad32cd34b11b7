package org.psij.executors.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Files of the library that a job has left behind, or several jobs that share them. Safe for use by
 * many threads.
 */
public final class Leftover {
  private final Path path;
  private final @Nullable String nativeId;
  private final int jobs;
  private final Instant end;
  private final long size;
  private final Removal removal;

  /** Removes the files. */
  @FunctionalInterface
  public interface Removal {
    /**
     * Does it.
     *
     * @throws IOException if something cannot be removed
     */
    void run() throws IOException;
  }

  /**
   * Describes what is left.
   *
   * @param path the directory of a job or an array, or the journal of an executor
   * @param nativeId the id of the job or of the array, or null if there is none
   * @param jobs how many jobs have left it
   * @param end when the last of them had ended
   * @param size how much it is, in bytes
   * @param removal removes it
   */
  public Leftover(
      Path path, @Nullable String nativeId, int jobs, Instant end, long size, Removal removal) {
    this.path = path;
    this.nativeId = nativeId;
    this.jobs = jobs;
    this.end = end;
    this.size = size;
    this.removal = removal;
  }

  /**
   * Names the directory of the job or of the array, or the journal.
   *
   * @return its absolute path
   */
  public Path getPath() {
    return path;
  }

  /**
   * Tells the id that the scheduler gave to the job or the array.
   *
   * @return the native id, or null if there is none
   */
  public @Nullable String getNativeId() {
    return nativeId;
  }

  /**
   * Tells how many jobs have left this.
   *
   * @return the number of jobs
   */
  public int getJobCount() {
    return jobs;
  }

  /**
   * Tells when the last of the jobs had ended.
   *
   * @return the time
   */
  public Instant getEnd() {
    return end;
  }

  /**
   * Tells how much is to be removed.
   *
   * @return the size of the files, in bytes
   */
  public long getSize() {
    return size;
  }

  /**
   * Removes what the library has made of it; anything else stays.
   *
   * @throws IOException if something cannot be removed
   */
  public void remove() throws IOException {
    removal.run();
  }
}
