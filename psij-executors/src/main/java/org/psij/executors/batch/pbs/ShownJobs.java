package org.psij.executors.batch.pbs;

import java.io.InputStream;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.work.ListedJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each job out of what {@code qstat -f} prints as soon as it is there. Not safe for use by
 * several threads.
 */
final class ShownJobs implements Function<String, @Nullable QueuedJob> {
  private static final Logger LOG = LoggerFactory.getLogger(ShownJobs.class);

  private final QstatReader reader;
  private final Function<QstatJob, @Nullable QueuedJob> description;
  private boolean warned;

  private ShownJobs(QstatReader reader, Function<QstatJob, @Nullable QueuedJob> description) {
    this.reader = reader;
    this.description = description;
  }

  /**
   * Reads a listing.
   *
   * @param output what qstat prints; the caller closes it
   * @param reader finds the jobs in it
   * @param description describes a job that has an id and a state, or returns null if it is not to
   *     be shown
   * @return the jobs as they come
   */
  static Iterator<QueuedJob> of(
      InputStream output, QstatReader reader, Function<QstatJob, @Nullable QueuedJob> description) {
    return new ListedJobs(output, new ShownJobs(reader, description));
  }

  @Override
  public @Nullable QueuedJob apply(String line) {
    reader.line(line, 0, line.length());
    QstatJob job = reader.found().poll();
    if (job == null) {
      return null;
    }
    String state = job.get("job_state");
    if (state == null || state.isBlank() || !Answers.ID.matcher(job.id()).matches()) {
      warn();
      return null;
    }
    return description.apply(job);
  }

  private void warn() {
    if (!warned) {
      LOG.warn("qstat lists a job whose id or job_state cannot be read: it is left out");
    }
    warned = true;
  }
}
