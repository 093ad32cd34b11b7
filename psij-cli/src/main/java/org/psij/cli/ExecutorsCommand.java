package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.JobExecutor;
import org.psij.PsijException;
import org.psij.executors.local.ProcessStarting;
import org.psij.spi.PluginInfo;
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

  /** How an executor of this machine starts its processes. */
  private static @Nullable String note(PluginInfo plugin) {
    if (plugin.getProblem() != null || !plugin.getName().equals("local")) {
      return null;
    }
    try (JobExecutor executor = JobExecutor.getInstance(plugin.getName())) {
      return executor
          .capability(ProcessStarting.class)
          .map(starting -> "starts processes by " + starting.describe())
          .orElse(null);
    } catch (PsijException e) {
      return "cannot be opened: " + e.getMessage();
    }
  }

  @Override
  public void run() {
    PluginTable.print(
        JobExecutor.getExecutorInfos(),
        ExecutorsCommand::note,
        json,
        command.commandLine().getOut());
  }
}
