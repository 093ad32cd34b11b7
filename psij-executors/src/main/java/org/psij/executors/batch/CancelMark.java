package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file by which the script and other processes know that a job was to be cancelled. */
final class CancelMark {
  private static final Logger LOG = LoggerFactory.getLogger(CancelMark.class);

  private CancelMark() {}

  /**
   * Marks a job.
   *
   * @return false if it was marked before, is not ours, or cannot be marked
   */
  static boolean set(BatchRun run) {
    JobDirectory directory = run.directory();
    if (directory == null) {
      return false;
    }
    try {
      PrivateFiles.createDirectories(directory.path()); // a task that waits has none yet
      PrivateFiles.create(directory.cancelMark());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // who cannot write can still cancel, perhaps the job that fills the disk
      LOG.warn(
          "Job {} (native id {}) is cancelled, but cannot be marked so for other processes",
          run.job().getId(),
          run.nativeId(),
          e);
      return false;
    }
  }

  static void remove(BatchRun run) {
    JobDirectory directory = run.directory();
    try {
      if (directory != null) {
        Files.deleteIfExists(directory.cancelMark());
      }
    } catch (IOException e) {
      LOG.warn("{} stays marked as cancelled", directory, e);
    }
  }
}
