package org.psij.cli;

import org.psij.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the launchers. */
@Command(
    name = "launchers",
    mixinStandardHelpOptions = true,
    header = "List the launchers that there are, the broken ones included.",
    description = {"", "Folders with further ones are named in PSIJ_PLUGIN_PATH.", ""})
final class LaunchersCommand implements Runnable {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LaunchersCommand() {}

  @Override
  public void run() {
    PluginTable.print(
        Launcher.getLauncherInfos(), launcher -> null, json, command.commandLine().getOut());
  }
}
