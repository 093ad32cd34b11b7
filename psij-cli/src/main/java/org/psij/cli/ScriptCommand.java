package org.psij.cli;

import org.psij.JobExecutor;
import org.psij.JobSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the script of a job. */
@Command(
    name = "script",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "psij script -e NAME [OPTION...] -- COMMAND [ARGUMENT...]",
    header = "Print the script of a job, without submitting it.",
    description = {
      "",
      "The script goes to standard output; the command that would submit it, and the numbers of"
          + " nodes and processes that were worked out, go to standard error.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the script is printed",
      "1:the executor cannot be opened",
      "2:the job is not valid, the executor submits no scripts, or this command line is not valid"
    },
    footer = {
      "",
      "Examples:",
      "  psij script -e slurm --node-count 2 --processes-per-node 4 -- ./simulation > job.sh",
      "  psij script -e pbs --json --spec job.json"
    })
final class ScriptCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(
      names = "--json",
      description = "Print script, command and numbers as JSON to standard output.")
  private boolean json;

  @Mixin private JobOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ScriptCommand() {}

  @Override
  public void run() {
    JobSpec spec = options.toSpec(where.profile());
    try (JobExecutor executor = where.open()) {
      SubmissionPreview.print(executor, spec, json, command.commandLine());
    }
  }
}
