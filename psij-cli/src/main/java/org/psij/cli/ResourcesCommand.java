package org.psij.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.psij.JobExecutor;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what there is to run jobs on. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show cores, memory, queues and their limits, and how much is free.",
    description = {
      "",
      "MAX columns tell the largest job that a queue can ever run. What the scheduler does not tell,"
          + " or does not limit, is a dash; * marks the default queue.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the scheduler has answered",
      "1:it has not",
      "2:this executor does not tell its resources"
    },
    footer = {"", "Example:", "  psij resources -e slurm"})
final class ResourcesCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(names = "--json", description = "Print bytes and seconds as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ResourcesCommand() {}

  @Override
  public Integer call() {
    try (JobExecutor executor = where.open()) {
      ResourceSummary summary = look(executor);
      PrintWriter out = command.commandLine().getOut();
      if (json) {
        out.println(JsonText.of(ResourceFields.of(summary)));
      } else {
        ResourceText.lines(executor.getName(), summary).forEach(out::println);
      }
    }
    return ExitCode.OK;
  }

  /** Asks the scheduler of an executor. */
  static ResourceSummary look(JobExecutor executor) {
    return Capabilities.of(executor, ResourceStatus.class, "does not tell its resources").look();
  }
}
