package org.psij.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobStatus;

/** Shows the states of one job as they come. */
final class StateDisplay {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final PrintWriter err;
  private final boolean json;
  private final boolean quiet;
  private final CountDownLatch last = new CountDownLatch(1);

  StateDisplay(PrintWriter err, boolean json, boolean quiet) {
    this.err = err;
    this.json = json;
    this.quiet = quiet;
  }

  void show(Job job, JobStatus status) {
    if (!quiet) {
      err.println(json ? JsonText.of(fields(job, status)) : line(job, status));
      err.flush();
    }
    if (status.isFinal()) {
      last.countDown();
    }
  }

  /** Callbacks may come a little later than the end of the job. */
  void awaitFinal() throws InterruptedException {
    last.await(5, TimeUnit.SECONDS);
  }

  private static String line(Job job, JobStatus status) {
    StringBuilder line = new StringBuilder(TIME.format(status.getTime()));
    line.append("  ").append(status.getState());
    switch (status.getState()) {
      case QUEUED -> line.append("  native id ").append(job.getNativeId());
      case COMPLETED, FAILED, CANCELED -> line.append(detail(status));
      default -> {}
    }
    return line.toString();
  }

  private static String detail(JobStatus status) {
    String cause = status.getCause() == null ? "" : "  " + status.getCause();
    return cause
        + "  "
        + (status.getMessage() == null ? "exit code " + status.getExitCode() : status.getMessage());
  }

  private static Map<String, @Nullable Object> fields(Job job, JobStatus status) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", job.getId());
    fields.put("native_id", job.getNativeId());
    fields.put("state", status.getState().name());
    fields.put("time", status.getTime().toString());
    fields.put("exit_code", status.getExitCode());
    fields.put("cause", status.getCause() == null ? null : status.getCause().name());
    fields.put("message", status.getMessage());
    return fields;
  }
}
