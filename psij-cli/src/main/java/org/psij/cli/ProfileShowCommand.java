package org.psij.cli;

import org.psij.serialize.Profile;
import org.psij.serialize.Profiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a profile comes to. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    header = "Print a profile as JSON, with what it extends put together.",
    description = {"", "Values of environment variables are printed, too.", ""})
final class ProfileShowCommand implements Runnable {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "NAME", description = "The profile.")
  private String name;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProfileShowCommand() {}

  @Override
  public void run() {
    Profile profile = Profiles.loadDefaultFiles().get(name);
    command.commandLine().getOut().println(profile.toJson());
  }
}
