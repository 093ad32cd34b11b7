package org.psij.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/** How a status is written, for people and for machines. */
final class StatusText {
  private static final String NONE = "-";

  private StatusText() {}

  /** One line of columns, the last of which is open: what is not known is a dash. */
  static String line(Job job, JobStatus status) {
    return String.format(
        "%-12s  %-9s  %-12s  %4s  %s  %s",
        job.getNativeId(),
        state(status),
        orNone(status.getMetadata().get(JobStatus.NATIVE_STATE)),
        orNone(status.getExitCode()),
        time(status),
        orNone(explanation(status)));
  }

  /** The same for machines. The id of a job that was attached is its native id alone. */
  static Map<String, @Nullable Object> fields(Job job, JobStatus status) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (job.getSpec() != null) {
      fields.put("id", job.getId());
    }
    fields.put("native_id", job.getNativeId());
    fields.put("state", state(status));
    fields.put("native_state", text(status.getMetadata().get(JobStatus.NATIVE_STATE)));
    fields.put("time", isUnknown(status) ? null : status.getTime().toString());
    fields.put("exit_code", status.getExitCode());
    fields.put("cause", text(status.getCause()));
    fields.put("message", status.getMessage());
    return fields;
  }

  /** Tells what happened and why, or null if there is nothing to tell. */
  static @Nullable String explanation(JobStatus status) {
    String told =
        Stream.of(
                text(status.getMetadata().get(JobStatus.EVENT)),
                text(status.getCause()),
                status.getMessage())
            .filter(Objects::nonNull)
            .map(part -> ErrorLine.joined(String.valueOf(part)))
            .collect(Collectors.joining("  "));
    return told.isEmpty() ? null : told;
  }

  /** A job that nothing has been heard of is not new: somebody submitted it. */
  private static String state(JobStatus status) {
    return isUnknown(status) ? "UNKNOWN" : status.getState().name();
  }

  private static boolean isUnknown(JobStatus status) {
    return status.getState() == JobState.NEW;
  }

  private static String time(JobStatus status) {
    return isUnknown(status)
        ? NONE
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            status.getTime().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String orNone(@Nullable Object value) {
    return value == null ? NONE : value.toString();
  }
}
