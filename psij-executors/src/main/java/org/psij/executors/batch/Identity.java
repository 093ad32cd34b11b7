package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.JobDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether what a scheduler says under a native id is about the job that got this id from it.
 * Ids come again: when all numbers have been used, and when a scheduler has crashed before it could
 * keep its latest jobs, whose ids it then gives to the next ones. Not safe for use by several
 * threads.
 */
final class Identity {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  /** The script of a job of this library, as a scheduler names it. */
  private static final Pattern SCRIPT = Pattern.compile("[0-9a-f-]{36}/job\\.sh");

  /** As much as clocks may differ in a cluster: more, and authentication fails. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final JobDirectory directory;
  private final String jobId;
  private boolean marked;
  private @Nullable String takenId;

  /**
   * Begins with a job of which nothing is known.
   *
   * @param directory its place on disk
   */
  Identity(JobDirectory directory) {
    this.directory = directory;
    this.jobId = directory.shared().getFileName().toString();
  }

  /** Tells whether another job is known to have this id by now. */
  boolean isTaken(String nativeId) {
    return nativeId.equals(takenId);
  }

  /** Tells whether a status that was given for an id is that of the job. */
  boolean isOwn(String nativeId, NativeStatus status) {
    String mark = status.mark();
    if (mark != null && mark.contains(jobId)) {
      marked = true;
      takenId = null;
    } else if (mark != null && (marked || isScriptOfAnother(mark)) && !isTaken(nativeId)) {
      takenId = nativeId;
      LOG.warn(
          "Job {} (native id {}): the scheduler has forgotten it, and given its id to {}",
          jobId,
          nativeId,
          mark);
    }
    return !isTaken(nativeId) && !isOlder(status);
  }

  private static boolean isScriptOfAnother(String mark) {
    return SCRIPT.matcher(mark).find();
  }

  private boolean isOlder(NativeStatus status) {
    Instant end = status.endTime();
    return end != null && end.isBefore(submitted().minus(CLOCK_DIFFERENCE));
  }

  private Instant submitted() {
    try {
      return Files.getLastModifiedTime(directory.nearest(JobDirectory::submitting)).toInstant();
    } catch (IOException e) {
      LOG.debug("Job {}: nobody knows when it was submitted", jobId, e);
      return Instant.MIN.plus(CLOCK_DIFFERENCE);
    }
  }
}
