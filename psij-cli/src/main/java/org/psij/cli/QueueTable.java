package org.psij.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;

/** A queue for people. */
final class QueueTable {
  private static final String UNKNOWN = "-";
  private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  private QueueTable() {}

  static TextTable of(Stream<QueuedJob> jobs, ZoneId zone) {
    TextTable table =
        new TextTable(
                "ID", "USER", "NAME", "QUEUE", "STATE", "NATIVE", "SIZE", "EXIT", "SINCE", "WHERE")
            .cutLast("ID", "STATE", "SINCE");
    ZonedDateTime now = ZonedDateTime.now(zone);
    jobs.forEach(
        job ->
            table.add(
                job.getNativeId(),
                orUnknown(job.getUser()),
                orUnknown(job.getName()),
                orUnknown(String.join(",", job.getQueues())),
                orUnknown(job.getState()),
                job.getNativeState(),
                size(job),
                orUnknown(job.getExitCode()),
                since(job, now),
                where(job)));
    return table;
  }

  private static String size(QueuedJob job) {
    String nodes = orUnknown(job.getNodeCount());
    return job.getCpusPerNode() == null ? nodes : nodes + "x" + job.getCpusPerNode();
  }

  private static String since(QueuedJob job, ZonedDateTime now) {
    Instant time =
        job.getEndTime() != null
            ? job.getEndTime()
            : job.getStartTime() != null ? job.getStartTime() : job.getSubmitTime();
    if (time == null) {
      return UNKNOWN;
    }
    ZonedDateTime here = time.atZone(now.getZone());
    return (here.toLocalDate().equals(now.toLocalDate()) ? TIME_OF_DAY : DAY).format(here);
  }

  private static String where(QueuedJob job) {
    return job.getNodes().isEmpty() ? orUnknown(job.getReason()) : String.join(",", job.getNodes());
  }

  private static String orUnknown(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? UNKNOWN : value.toString();
  }
}
