package org.psij.cli;

import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;
import picocli.CommandLine.ExitCode;

/** A job that a command shows and follows to its end, to return what the job returned. */
final class FollowedJob {
  private final Job job;
  private final StateDisplay display;
  private final Interruption interruption;

  FollowedJob(Job job, StateDisplay display, Interruption interruption) {
    this.job = job;
    this.display = display;
    this.interruption = interruption;
  }

  /** Begins with the submission of the job, or with attaching it. */
  void begin(Runnable submission) {
    job.setJobStatusCallback(display::show);
    submission.run();
    interruption.concerns(job);
  }

  /** Ends with a status, which has been shown when this returns the exit code of the command. */
  int end(JobStatus end) throws InterruptedException {
    display.awaitFinal();
    if (end.getState() == JobState.COMPLETED) {
      return ExitCode.OK;
    }
    Integer code = end.getExitCode();
    return code == null || code == 0 ? ExitCode.SOFTWARE : code;
  }
}
