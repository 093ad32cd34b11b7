package org.psij.executors.batch;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether jobs are no longer among those that the scheduler lists as not ended, which it is asked
 * now and then, and only if there is such a job. All tasks of an array are there while one is.
 */
final class LeftQueue implements Predicate<JobDirectory> {
  private static final Logger LOG = LoggerFactory.getLogger(LeftQueue.class);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Somebody may put a job back into the queue while what is to be removed is shown. */
  private static final Duration NEW = Duration.ofSeconds(2);

  private final Submitter submitter;

  // guarded by this
  private @Nullable Set<String> listed;
  private boolean unknown;
  private long asked;

  LeftQueue(Submitter submitter) {
    this.submitter = submitter;
  }

  @Override
  public boolean test(JobDirectory job) {
    String nativeId = Handover.read(job.nearest(JobDirectory::nativeId));
    Set<String> numbers = nativeId == null ? null : listed();
    return nativeId != null && numbers != null && !numbers.contains(number(nativeId));
  }

  /** The numbers of the jobs, or null if the scheduler does not answer. */
  private synchronized @Nullable Set<String> listed() {
    boolean isOld = System.nanoTime() - asked > NEW.toNanos();
    if (!unknown && (listed == null || isOld)) {
      try {
        asked = System.nanoTime();
        listed = submitter.list().stream().map(LeftQueue::number).collect(Collectors.toSet());
      } catch (SubmitException e) {
        LOG.warn("Jobs that were stopped or cancelled are left out: {}", e.getMessage());
        listed = null;
        unknown = true;
      }
    }
    return listed;
  }

  /** What the ids of all tasks of an array begin with. */
  private static String number(String nativeId) {
    Matcher number = NUMBER.matcher(nativeId);
    return number.lookingAt() ? number.group() : nativeId;
  }
}
