package org.psij.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/** Shows the states of one job as they come. */
final class StateDisplay {
  private final PrintWriter target;
  private final boolean json;
  private final boolean quiet;
  private final CountDownLatch last = new CountDownLatch(1);

  StateDisplay(PrintWriter target, boolean json, boolean quiet) {
    this.target = target;
    this.json = json;
    this.quiet = quiet;
  }

  void show(Job job, JobStatus status) {
    if (!quiet) {
      target.println(json ? JsonText.of(StatusText.fields(job, status)) : line(job, status));
      target.flush();
    }
    if (status.isFinal()) {
      last.countDown();
    }
  }

  /** Callbacks may come a little later than the end of the job. */
  void awaitFinal() throws InterruptedException {
    last.await(5, TimeUnit.SECONDS);
  }

  private static String time(Instant time) {
    return DateTimeFormatter.ofPattern("HH:mm:ss.SSS").format(time.atZone(ZoneId.systemDefault()));
  }

  private static String line(Job job, JobStatus status) {
    StringBuilder line = new StringBuilder(time(status.getTime()));
    line.append("  ").append(status.getState());
    if (status.getState() == JobState.QUEUED) {
      line.append("  native id ").append(job.getNativeId());
    }
    String explanation = StatusText.explanation(status);
    if (explanation != null) {
      line.append("  ").append(explanation);
    }
    if (status.getMessage() == null && status.getExitCode() != null) {
      line.append("  exit code ").append(status.getExitCode());
    }
    return line.toString();
  }
}
