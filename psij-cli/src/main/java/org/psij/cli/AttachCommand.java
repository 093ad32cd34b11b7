package org.psij.cli;

import java.util.concurrent.Callable;
import org.psij.Job;
import org.psij.JobExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a job that was submitted before. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Follow a job to its end, whoever submitted it.",
    description = {"", "Prints each state as it comes. Ctrl-C leaves the job alone.", ""},
    exitCodeListHeading = "%nExit code: that of the job, or%n",
    exitCodeList = {
      "1:the job failed without an exit code, or could not be asked for",
      "2:the id is not valid, or this command line is not",
      "130:interrupted; the job goes on"
    },
    footer = {"", "Example:", "  psij attach -e slurm 4711"})
final class AttachCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(names = "--json", description = "Print the states as JSON, a line each.")
  private boolean json;

  @Parameters(paramLabel = "ID", description = "Native id, as psij submit and psij list print it.")
  private String nativeId;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  AttachCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    StateDisplay display = new StateDisplay(command.commandLine().getOut(), json, false);
    try (Interruption interruption = Interruption.leaving(command.commandLine().getErr());
        JobExecutor executor = where.open()) {
      Job job = new Job();
      FollowedJob followed = new FollowedJob(job, display, interruption);
      followed.begin(() -> executor.attach(job, nativeId));
      executor.refresh();
      return followed.end(job.waitFor());
    }
  }
}
