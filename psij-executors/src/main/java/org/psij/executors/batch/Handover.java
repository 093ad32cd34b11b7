package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.SmallFile;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one job to the scheduler, with its files written before and its native id kept after it.
 * What may have been handed over before is looked for; another attempt is safe whatever is found,
 * since whichever comes second runs nothing.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final WorkDirectory workDirectory;
  private final NativeIds nativeIds;
  private final BatchScriptWriter scripts;
  private final Submitter submitter;

  Handover(
      WorkDirectory workDirectory,
      NativeIds nativeIds,
      BatchScriptWriter scripts,
      Submitter submitter) {
    this.workDirectory = workDirectory;
    this.nativeIds = nativeIds;
    this.scripts = scripts;
    this.submitter = submitter;
  }

  /**
   * Submits a job.
   *
   * @return the native id
   * @throws SubmitException if the job was not handed over, or nobody knows; only then do its files
   *     stay
   */
  String handOver(BatchJob job, String script) {
    workDirectory.requirePresent();
    JobDirectory directory = workDirectory.jobDirectory(job.id());
    boolean tried = Files.exists(directory.submitting());
    try {
      String nativeId = tried ? findEarlier(job.id(), directory) : null;
      if (nativeId == null) {
        scripts.write(job, script);
        nativeId = submitOrFind(job, directory);
      }
      keepNativeId(job.id(), directory, nativeId);
      return nativeId;
    } catch (IOException e) {
      discardUnless(tried, directory);
      throw SubmitException.ofTransient(
          "Job " + job.id() + ": cannot write its files to " + directory.path() + ": " + e, e);
    } catch (RuntimeException e) {
      boolean unknown = e instanceof SubmitException refusal && refusal.isOutcomeUnknown();
      discardUnless(tried || unknown, directory);
      throw e;
    }
  }

  private String submitOrFind(BatchJob job, JobDirectory directory) {
    try {
      return submitter.submit(job, directory.script().toString());
    } catch (SubmitException e) {
      String found = e.isOutcomeUnknown() ? find(job.id(), directory) : null;
      if (found == null) {
        throw e;
      }
      LOG.info("Job {} (native id {}) was submitted although it was not said", job.id(), found);
      return found;
    }
  }

  private @Nullable String findEarlier(String jobId, JobDirectory directory) {
    String known = readId(directory.nativeId());
    return known != null ? known : find(jobId, directory);
  }

  private @Nullable String find(String jobId, JobDirectory directory) {
    try {
      String claimed = readId(directory.claim());
      String found = claimed != null ? claimed : submitter.find(jobId);
      return found != null ? found : readId(directory.claim()); // it may have left the queue since
    } catch (CommandException e) {
      LOG.debug("Job {} cannot be looked up", jobId, e);
      return null;
    }
  }

  /** Lets this and other processes find the job by its native id. */
  void keepNativeId(String jobId, JobDirectory directory, String nativeId) {
    try {
      PrivateFiles.writeAtomically(directory.nativeId(), nativeId + "\n");
      PrivateFiles.writeAtomically(workDirectory.byNativeId(nativeId), jobId + "\n");
    } catch (IOException | InvalidPathException e) {
      LOG.error(
          "Job {} (native id {}) is submitted, but that cannot be kept: other processes cannot"
              + " attach",
          jobId,
          nativeId,
          e);
    }
  }

  private static void discardUnless(boolean needed, JobDirectory directory) {
    try {
      if (!needed) {
        directory.delete();
      }
    } catch (IOException e) {
      LOG.warn("{} is no longer needed and cannot be removed", directory.path(), e);
    }
  }

  private @Nullable String readId(Path file) {
    String id = read(file);
    return id != null && nativeIds.contain(id) ? id : null;
  }

  /** The text of a small file, or null if there is none. */
  static @Nullable String read(Path file) {
    try {
      return SmallFile.read(file);
    } catch (IOException e) {
      LOG.trace("{} is not there", file, e);
      return null;
    }
  }
}
