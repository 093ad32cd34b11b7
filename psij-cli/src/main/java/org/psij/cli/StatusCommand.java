package org.psij.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.psij.Job;
import org.psij.JobExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how jobs stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Tell how jobs stand, whoever submitted them.",
    description = {
      "",
      "Prints a line for each job: native id, state, the state in the words of the scheduler, exit"
          + " code, time of the state, explanation. What is not known is a dash.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:an answer came for every job",
      "1:for one job at least there was none",
      "2:this command line is not valid"
    },
    footer = {"", "Example:", "  psij status -e slurm 4711 4712"})
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private NamedJobs named;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "15",
      converter = TimeoutConverter.class,
      description =
          "How long to wait for answers: seconds, or as in 2m, 1h. Default: ${DEFAULT-VALUE}"
              + " seconds.")
  private Duration timeout;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  StatusCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    JobReport report = named.report(command.commandLine());
    try (JobExecutor executor = named.open()) {
      List<Job> jobs = named.attach(executor, report);
      executor.refresh();
      Deadline deadline = Deadline.after(timeout);
      for (Job job : jobs) {
        boolean answered = FirstAnswer.await(job, deadline);
        report.status(job);
        if (!answered) {
          report.problem(job.getNativeId(), "no answer within " + seconds(timeout) + " s");
        }
      }
    }
    return report.exitCode();
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
