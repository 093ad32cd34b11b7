package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(15);

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
    try (JobExecutor executor = JobExecutor.getInstance(executorName);
        JobOutput output = JobOutput.of(spec)) {
      Job job = new Job(output.redirected());
      StateDisplay display = new StateDisplay(err(), json, quiet);
      job.setJobStatusCallback(display::show);
      executor.submit(job);
      Thread canceller = new Thread(() -> cancel(job), "psij-run-interrupted");
      Runtime.getRuntime().addShutdownHook(canceller);
      JobStatus end = output.passThrough(job, out(), err());
      display.awaitFinal();
      forget(canceller);
      return exitCode(end);
    }
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  private static void cancel(Job job) {
    try {
      job.cancel();
      job.waitFor(CANCEL_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvalidStateException e) {
      LOG.debug("Job {} (native id {}) had ended", job.getId(), job.getNativeId(), e);
    } catch (PsijException e) {
      LOG.error("Job {} (native id {}) may go on", job.getId(), job.getNativeId(), e);
    }
  }

  private static void forget(Thread canceller) {
    try {
      Runtime.getRuntime().removeShutdownHook(canceller);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is shutting down");
    }
  }

  private static int exitCode(JobStatus end) {
    if (end.getState() == JobState.COMPLETED) {
      return ExitCode.OK;
    }
    Integer code = end.getExitCode();
    return code == null || code == 0 ? ExitCode.SOFTWARE : code;
  }
}
