package org.psij.executors.batch.lsf;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.LineReader;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.QueueRows;

/**
 * Reads the rows of {@code bjobs -noheader -o} about the jobs of all users. Not safe for use by
 * several threads.
 */
final class ShownJobs extends QueueRows {
  /** The fields, of which the last one may hold the delimiter. */
  static final String FORMAT =
      "jobid jobindex stat user queue exit_code min_req_proc exec_host submit_time start_time"
          + " finish_time combined_resreq exit_reason pend_reason job_name delimiter='^'";

  private static final int FIELDS = 15;

  private final LineReader lines;
  private final LsfTime time;

  /**
   * Reads rows.
   *
   * @param output what bjobs prints; the caller closes it
   * @param time reads the times in it
   */
  ShownJobs(InputStream output, LsfTime time) {
    this.lines = new LineReader(output);
    this.time = time;
  }

  @Override
  protected @Nullable Collection<QueuedJob> read() {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    String[] row = line.split("\\^", FIELDS);
    String id = row.length == FIELDS ? LsfIds.of(row[0].strip(), field(row, 1)) : null;
    String state = id == null ? null : field(row, 2);
    if (id == null || state == null) {
      if (!line.isBlank()) {
        leaveOut(line);
      }
      return List.of();
    }
    return List.of(describe(id, state, row));
  }

  private QueuedJob describe(String id, String state, String[] row) {
    NativeStatus status =
        LsfStates.status(state, number(row, 5), field(row, 12), field(row, 13)).build();
    String queue = field(row, 4);
    QueuedJob.Builder job =
        QueuedJob.builder(id, state)
            .name(field(row, 14))
            .user(field(row, 3))
            .queues(queue == null ? List.of() : List.of(queue))
            .state(status.state())
            .exitCode(status.exitCode())
            .reason(status.reason())
            .submitTime(time.read(field(row, 8)))
            .endTime(status.isFinal() ? time.read(field(row, 10)) : null);
    String hosts = field(row, 7);
    return (hosts == null || status.state() == JobState.QUEUED
            ? LsfHosts.addAskedTo(job, number(row, 6), field(row, 11))
            : LsfHosts.addTo(job.startTime(time.read(field(row, 9))), hosts))
        .build();
  }

  /** Returns a field without blanks around it, or null if LSF has nothing to say in it. */
  private static @Nullable String field(String[] row, int number) {
    String field = row[number].strip();
    return field.isEmpty() || field.equals("-") ? null : field;
  }

  private static @Nullable Integer number(String[] row, int number) {
    String field = field(row, number);
    return field == null ? null : LsfIds.number(field);
  }
}
