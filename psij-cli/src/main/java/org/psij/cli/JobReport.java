package org.psij.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobStatus;
import picocli.CommandLine.ExitCode;

/** What a command tells about several jobs: how they stand, and what went wrong with which. */
final class JobReport {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private boolean failed;

  JobReport(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  void status(Job job) {
    JobStatus status = job.getStatus();
    out.println(json ? JsonText.of(StatusText.fields(job, status)) : StatusText.line(job, status));
    out.flush();
  }

  /** Waits for the end of a job and tells it; one that does not come in time is a problem. */
  @Nullable JobStatus end(Job job, Deadline deadline) throws InterruptedException {
    JobStatus end = job.waitFor(deadline.remaining());
    status(job);
    if (end == null) {
      problem(job.getNativeId(), "has not ended in time");
    }
    return end;
  }

  /** Tells something that is no failure of the command. */
  void note(@Nullable String nativeId, @Nullable String message) {
    ErrorLine.print(err, nativeId + ": " + message);
  }

  /** Tells what the command could not do. */
  void problem(@Nullable String nativeId, @Nullable String message) {
    note(nativeId, message);
    failed = true;
  }

  /** The command returns failure, for a reason that the statuses show. */
  void fail() {
    failed = true;
  }

  int exitCode() {
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
