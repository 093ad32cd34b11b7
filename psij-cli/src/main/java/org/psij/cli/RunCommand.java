package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      defaultValue = "local",
      description = "Where the job runs: see psij executors. Default: ${DEFAULT-VALUE}.")
  private String executorName;

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
    JobSpec spec = options.toSpec();
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption);
    try {
      return run(spec, interruption);
    } finally {
      interruption.over();
    }
  }

  private int run(JobSpec spec, Interruption interruption)
      throws IOException, InterruptedException {
    try (JobExecutor executor = JobExecutor.getInstance(executorName);
        JobOutput output = JobOutput.of(spec)) {
      Job job = new Job(output.redirected());
      StateDisplay display = new StateDisplay(err(), json, quiet);
      job.setJobStatusCallback(display::show);
      executor.submit(job);
      interruption.cancels(job);
      JobStatus end = output.passThrough(job, out(), err());
      display.awaitFinal();
      return exitCode(end);
    }
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  private static int exitCode(JobStatus end) {
    if (end.getState() == JobState.COMPLETED) {
      return ExitCode.OK;
    }
    Integer code = end.getExitCode();
    return code == null || code == 0 ? ExitCode.SOFTWARE : code;
  }
}
