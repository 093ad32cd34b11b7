package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one job to its end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "psij run [OPTION...] -- COMMAND [ARGUMENT...]",
    header = "Run a job and wait for its end.",
    description = {
      "",
      "Shows the states of the job on standard error and passes its output through. Ctrl-C cancels"
          + " the job.",
      ""
    },
    exitCodeListHeading = "%nExit code: that of the job, or%n",
    exitCodeList = {
      "1:the job failed without an exit code, or could not be submitted",
      "2:the job is not valid, or this command line is not",
      "130:interrupted; the job is cancelled"
    },
    footer = {
      "",
      "Examples:",
      "  psij run -- /bin/echo hello",
      "  psij run -l mpirun --process-count 4 --stdout out.txt -- ./simulation input.dat",
      "  psij run --spec job.json --env OMP_NUM_THREADS=4"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(names = "--json", description = "Show the states as JSON, a line each.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not show the states.")
  private boolean quiet;

  @Mixin private JobOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    JobSpec spec = options.toSpec(where.profile());
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try (Interruption interruption = Interruption.cancelling(err);
        JobExecutor executor = where.open();
        JobOutput output = JobOutput.of(spec, executor.getConfig().getWorkDirectory())) {
      Job job = new Job(output.redirected());
      FollowedJob followed = new FollowedJob(job, new StateDisplay(err, json, quiet), interruption);
      followed.begin(() -> executor.submit(job));
      return followed.end(output.passThrough(job, out, err));
    }
  }
}
