package org.psij.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobStatus;
import org.psij.PsijException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks for the end of jobs. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Cancel jobs, whoever submitted them.",
    description = {
      "",
      "Returns when the requests have been handed on; with --wait, when the jobs have ended. A job"
          + " that had ended by itself stays as it is.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all requests were handed on; with --wait, all jobs have ended",
      "1:that is not so for one job at least",
      "2:this command line is not valid"
    },
    footer = {"", "Example:", "  psij cancel -e slurm --wait 4711 4712"})
final class CancelCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private NamedJobs named;

  @Option(
      names = {"-w", "--wait"},
      description = "Wait until the jobs have ended, and print a line for each: see psij status.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeoutConverter.class,
      description =
          "With --wait, how long at most: seconds, or as in 2m, 1h. Default: without an end.")
  private @Nullable Duration timeout;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CancelCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    JobReport report = named.report(command.commandLine());
    try (JobExecutor executor = named.open()) {
      List<Job> jobs = named.attach(executor, report);
      jobs.forEach(job -> cancel(job, report));
      if (wait) {
        Deadline deadline = Deadline.after(timeout);
        for (Job job : jobs) {
          report.end(job, deadline);
        }
      }
    }
    return report.exitCode();
  }

  private static void cancel(Job job, JobReport report) {
    JobStatus status = job.getStatus();
    if (status.getCause() == FailureCause.LOST) {
      report.problem(job.getNativeId(), "nothing to cancel: " + status.getMessage());
    } else if (status.isFinal()) {
      report.note(job.getNativeId(), "had ended before: " + status.getState());
    } else {
      try {
        job.cancel();
      } catch (PsijException e) {
        report.problem(job.getNativeId(), e.getMessage());
      }
    }
  }
}
