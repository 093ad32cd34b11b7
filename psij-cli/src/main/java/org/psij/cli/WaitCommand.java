package org.psij.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Waits for the end of jobs. */
@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Wait until all of the jobs have ended.",
    description = {
      "",
      "Prints a line for each job, in the order given: see psij status. A terminal shows how many"
          + " have ended meanwhile. Ctrl-C ends the wait and leaves the jobs alone.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all are COMPLETED",
      "1:one at least is not, or there was no time left to wait for it",
      "2:this command line is not valid"
    },
    footer = {"", "Example:", "  psij wait -e slurm --timeout 2h 4711 4712 && ./collect"})
final class WaitCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Spec private CommandSpec command;

  @Mixin private NamedJobs named;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeoutConverter.class,
      description = "How long to wait at most: seconds, or as in 2m, 1h. Default: without an end.")
  private @Nullable Duration timeout;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  WaitCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    JobReport report = named.report(command.commandLine());
    try (JobExecutor executor = named.open()) {
      List<Job> jobs = named.attach(executor, report);
      executor.refresh();
      Deadline deadline = Deadline.after(timeout);
      showProgress(jobs, deadline);
      for (Job job : jobs) {
        JobStatus end = report.end(job, deadline);
        if (end != null && end.getState() != JobState.COMPLETED) {
          report.fail();
        }
      }
    }
    return report.exitCode();
  }

  private void showProgress(List<Job> jobs, Deadline deadline) throws InterruptedException {
    try (ProgressBar bar = ProgressBar.on(command.commandLine().getOut())) {
      if (bar != null) {
        do {
          bar.show(jobs);
        } while (!Jobs.waitForAll(jobs, deadline.atMost(LOOK)) && !deadline.isOver());
      }
    }
  }
}
