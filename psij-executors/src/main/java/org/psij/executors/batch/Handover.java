package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
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

  private final BatchScheduler scheduler;
  private final WorkDirectory workDirectory;
  private final NativeIds nativeIds;
  private final BatchScriptWriter scripts;
  private final Submitter submitter;

  Handover(
      BatchScheduler scheduler,
      WorkDirectory workDirectory,
      NativeIds nativeIds,
      BatchScriptWriter scripts,
      Submitter submitter) {
    this.scheduler = scheduler;
    this.workDirectory = workDirectory;
    this.nativeIds = nativeIds;
    this.scripts = scripts;
    this.submitter = submitter;
  }

  /**
   * Submits a job.
   *
   * @param place its place on disk
   * @param script the text of its script, which a task of an array has already
   * @return the native id
   * @throws SubmitException if the job was not handed over, or nobody knows; only then do its files
   *     stay
   */
  String handOver(BatchJob job, JobDirectory place, String script) {
    workDirectory.requirePresent();
    boolean tried = Files.exists(place.nearest(JobDirectory::submitting));
    try {
      String nativeId = tried ? findEarlier(job.id(), place) : null;
      if (nativeId == null) {
        scripts.write(job, place, script);
        nativeId = submitOrFind(job, place);
      }
      keepNativeId(place, nativeId);
      return nativeId;
    } catch (IOException e) {
      discardUnless(tried, place);
      throw SubmitException.ofTransient(
          "Job " + job.id() + ": cannot write its files to " + place.path() + ": " + e, e);
    } catch (RuntimeException e) {
      discardUnless(tried || Submitter.isOutcomeUnknown(e), place);
      throw Submitter.about(job.id(), e);
    }
  }

  private String submitOrFind(BatchJob job, JobDirectory place) {
    try {
      return submit(job, place);
    } catch (SubmitException e) {
      String found = e.isOutcomeUnknown() ? find(job.id(), place) : null;
      if (found == null) {
        throw e;
      }
      LOG.info("Job {} (native id {}) was submitted although it was not said", job.id(), found);
      return found;
    }
  }

  /** A task goes as the only one that is wanted of its array. */
  private String submit(BatchJob job, JobDirectory place) {
    String script = place.script().toString();
    Integer index = place.task();
    if (index == null) {
      return submitter.submit(scheduler.submitCommand(job, script));
    }
    ArrayDialect arrays = Objects.requireNonNull(scheduler.arrays(), "no arrays any longer");
    String arrayId = submitter.submit(arrays.submitCommand(job, script, index, index));
    return arrays.taskId(arrayId, index);
  }

  private @Nullable String findEarlier(String jobId, JobDirectory place) {
    String known = readId(place);
    return known != null ? known : find(jobId, place);
  }

  private @Nullable String find(String jobId, JobDirectory place) {
    try {
      String claimed = readClaim(place);
      String found = claimed != null ? claimed : submitter.marks().find(place);
      return found != null ? found : readClaim(place); // it may have left the queue since
    } catch (CommandException e) {
      LOG.debug("Job {} cannot be looked up", jobId, e);
      return null;
    }
  }

  /** Lets this and other processes find the job by its native id. */
  void keepNativeId(JobDirectory place, String nativeId) {
    JobDirectory array = place.array();
    ArrayTask task = array == null ? null : nativeIds.task(nativeId);
    if (array == null || task == null || Files.exists(place.submitting())) {
      keep(place, nativeId, Places.name(place));
    } else if (!task.arrayId().equals(read(array.nativeId()))) {
      keepArrayId(array, task.arrayId());
    }
  }

  /** Lets this and other processes find all tasks of an array by their native ids. */
  void keepArrayId(JobDirectory array, String arrayId) {
    keep(array, arrayId, Places.nameOfArray(array));
  }

  private void keep(JobDirectory place, String nativeId, String name) {
    try {
      PrivateFiles.writeAtomically(place.nativeId(), nativeId + "\n");
      PrivateFiles.writeAtomically(workDirectory.byNativeId(nativeId), name + "\n");
    } catch (IOException | InvalidPathException e) {
      LOG.error(
          "Job {} (native id {}) is submitted, but that cannot be kept: other processes cannot"
              + " attach",
          name,
          nativeId,
          e);
    }
  }

  private void discardUnless(boolean needed, JobDirectory place) {
    if (!needed) {
      discard(place);
    }
  }

  /** Removes the files of what was not submitted, unless somebody else answers for it by now. */
  void discard(JobDirectory place) {
    try {
      String owner = read(place.owner());
      if ((owner == null || owner.equals(workDirectory.owner())) && !hasTasks(place)) {
        place.delete();
      }
    } catch (IOException e) {
      LOG.warn("{} is no longer needed and cannot be removed", place.path(), e);
    }
  }

  /** An array that no scheduler has can have tasks only if somebody has taken these over. */
  private static boolean hasTasks(JobDirectory place) throws IOException {
    if (!Files.isDirectory(place.path())) {
      return false;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(place.path(), "task-*")) {
      return tasks.iterator().hasNext();
    }
  }

  private @Nullable String readId(JobDirectory place) {
    try {
      return nativeIds.read(place);
    } catch (IOException e) {
      LOG.trace("{} has no native id", place.path(), e);
      return null;
    }
  }

  private @Nullable String readClaim(JobDirectory place) {
    String id = read(place.claim());
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
