package org.psij.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes options of a job into a profile. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "psij profile set NAME [OPTION...] [-- COMMAND [ARGUMENT...]]",
    header = "Set values of a profile, or make one.",
    description = {
      "",
      "Takes the options of psij run. What is not given stays as it is: to start anew, remove the"
          + " profile first.",
      ""
    },
    footer = {"", "Example:", "  psij profile set large --extends base -e slurm --node-count 8"})
final class ProfileSetCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "NAME", description = "The profile.")
  private String name;

  @Mixin private ProfileFileOption where;

  @Option(
      names = "--extends",
      paramLabel = "NAME",
      split = ",",
      description =
          "Profile to take from what this one does not say. Of several, the last goes before.")
  private List<String> parents = List.of();

  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      description = "Where jobs run: see psij executors.")
  private @Nullable String executor;

  @Mixin private JobOptions options;

  /** What follows the name, which {@link JobOptions} counts in. */
  @Parameters(index = "1..*", arity = "0..*", hidden = true)
  private List<String> command = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProfileSetCommand() {}

  @Override
  public void run() {
    JobSpec.Builder values = options.toBuilder();
    if (command.isEmpty()) {
      values.executable(null).arguments();
    } else {
      values.executable(command.get(0)).arguments(command.subList(1, command.size()));
    }
    where.file().set(name, executor, parents, values.build());
  }
}
