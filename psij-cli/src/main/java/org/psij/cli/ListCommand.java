package org.psij.cli;

import java.io.PrintWriter;
import java.util.List;
import org.psij.JobExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the jobs that an executor finds. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "List your jobs that have not ended, whatever submitted them.",
    description = {
      "",
      "Prints native ids, one a line. The local executor lists only what PSI/J submitted.",
      ""
    },
    footer = {"", "Example:", "  psij list -e slurm | xargs -r psij status -e slurm"})
final class ListCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ListCommand() {}

  @Override
  public void run() {
    try (JobExecutor executor = where.open()) {
      List<String> nativeIds = executor.list();
      PrintWriter out = command.commandLine().getOut();
      if (json) {
        out.println(JsonText.of(nativeIds));
      } else {
        nativeIds.forEach(out::println);
      }
    }
  }
}
