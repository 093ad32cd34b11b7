package org.psij.cli;

import org.psij.JobExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the executors. */
@Command(
    name = "executors",
    mixinStandardHelpOptions = true,
    header = "List the executors that there are, the broken ones included.",
    description = {"", "Folders with further ones are named in PSIJ_PLUGIN_PATH.", ""})
final class ExecutorsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorsCommand() {}

  @Override
  public void run() {
    PluginTable.print(JobExecutor.getExecutorInfos(), json, command.commandLine().getOut());
  }
}
