package org.psij.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a profile. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Remove a profile, with the comments inside.",
    description = "")
final class ProfileRemoveCommand implements Runnable {
  @Parameters(paramLabel = "NAME", description = "The profile.")
  private String name;

  @Mixin private ProfileFileOption where;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProfileRemoveCommand() {}

  @Override
  public void run() {
    where.file().remove(name);
  }
}
