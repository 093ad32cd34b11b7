package org.psij.executors.batch.pbs;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.LineReader;
import org.psij.executors.batch.QueueRows;

/**
 * Takes each job out of what {@code qstat -f} prints as soon as it is there. Not safe for use by
 * several threads.
 */
final class ShownJobs extends QueueRows {
  private final LineReader lines;
  private final QstatReader reader;
  private final Function<QstatJob, @Nullable QueuedJob> description;

  /**
   * Reads a listing.
   *
   * @param output what qstat prints; the caller closes it
   * @param reader finds the jobs in it
   * @param description describes a job that has an id and a state, or returns null if it is not to
   *     be shown
   */
  ShownJobs(
      InputStream output, QstatReader reader, Function<QstatJob, @Nullable QueuedJob> description) {
    this.lines = new LineReader(output);
    this.reader = reader;
    this.description = description;
  }

  @Override
  protected @Nullable Collection<QueuedJob> read() {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    reader.line(line, 0, line.length());
    QstatJob job = reader.found().poll();
    if (job == null) {
      return List.of();
    }
    String state = job.get("job_state");
    if (state == null || state.isBlank() || !Answers.ID.matcher(job.id()).matches()) {
      leaveOut(job.id());
      return List.of();
    }
    QueuedJob shown = description.apply(job);
    return shown == null ? List.of() : List.of(shown);
  }
}
