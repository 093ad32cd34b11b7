package org.psij.executors.batch;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.psij.QueuedJob;

/** What a dialect finds in the output of a command, a line for each job. */
public final class ShownRows {
  private ShownRows() {}

  /** Reads all jobs. */
  public static List<QueuedJob> jobs(QueueDialect dialect, List<String> command, byte[] output) {
    List<QueuedJob> jobs = new ArrayList<>();
    Iterator<QueuedJob> listed = dialect.jobs(command, new ByteArrayInputStream(output));
    listed.forEachRemaining(jobs::add);
    return jobs;
  }

  /**
   * Writes a job: id, name, user, queues, native state, state, exit code, nodes, their number,
   * CPUs, times, reason.
   */
  public static String row(QueuedJob job) {
    return Stream.of(
            job.getNativeId(),
            job.getName(),
            job.getUser(),
            String.join(",", job.getQueues()),
            job.getNativeState(),
            job.getState(),
            job.getExitCode(),
            String.join(",", job.getNodes()),
            job.getNodeCount(),
            job.getCpusPerNode(),
            job.getSubmitTime(),
            job.getStartTime(),
            job.getEndTime(),
            job.getReason())
        .map(value -> Objects.toString(value, ""))
        .map(value -> value.isEmpty() ? "-" : value)
        .collect(Collectors.joining(" | "));
  }
}
