package org.psij.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows and changes profiles. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    header = "Show and change named sets of defaults for jobs.",
    description = {
      "",
      "Your profiles are in ~/.config/psij/profiles.json. Those of a project go before them: they"
          + " are in the folder .psij of the current directory, in profiles.json. What is given on a"
          + " command line goes before PSIJ_EXECUTOR, that before the profile, and the profile before"
          + " what is built in.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProfileListCommand.class,
      ProfileShowCommand.class,
      ProfileSetCommand.class,
      ProfileRemoveCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  psij profile set base --account climate --duration 2h",
      "  psij profile set large --extends base -e slurm -l mpirun --node-count 8",
      "  psij submit --profile large --node-count 4 -- ./simulation"
    })
final class ProfileCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProfileCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
