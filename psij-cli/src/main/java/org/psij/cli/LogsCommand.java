package org.psij.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a job has written. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Print what a job has written to standard output, whoever submitted it.",
    description = {
      "",
      "Byte by byte as it is. With --follow it goes on until the job has ended; Ctrl-C leaves the"
          + " job alone.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all is printed that was there",
      "1:it cannot be read",
      "2:the id is not valid, or this command line is not",
      "130:interrupted; the job goes on"
    },
    footer = {"", "Example:", "  psij logs -f -e slurm 4711"})
final class LogsCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);

  @Spec private CommandSpec command;

  @Mixin private NamedJob named;

  @Option(
      names = {"-f", "--follow"},
      description = "Print what comes, until the job has ended.")
  private boolean follow;

  @Option(names = "--stderr", description = "Print what the job has written to standard error.")
  private boolean stderr;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LogsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try (Interruption interruption = Interruption.leaving(command.commandLine().getErr());
        JobExecutor executor = named.open()) {
      Job job = named.attach(executor);
      interruption.concerns(job);
      OutputFile file = stderr ? OutputFile.STDERR : OutputFile.STDOUT;
      GrowingOutput output = new GrowingOutput(named.files(executor), job, file, System.out);
      boolean wanted = output.passOn();
      if (follow) {
        executor.refresh();
        while (wanted && job.waitFor(LOOK) == null) {
          wanted = output.passOn();
        }
        output.passOn(); // what came before the end was known
      }
    }
    return ExitCode.OK;
  }
}
