package org.psij.cli;

import org.psij.serialize.JsonJobSpecSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a job down instead of running it. */
@Command(
    name = "spec",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "psij spec [OPTION...] -- COMMAND [ARGUMENT...]",
    header = "Print the job as JSON, without running it.",
    description = {
      "",
      "Takes the same options as psij run. psij-python and other tools read the output.",
      ""
    })
final class SpecCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ProfileOption profile;

  @Mixin private JobOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SpecCommand() {}

  @Override
  public void run() {
    command
        .commandLine()
        .getOut()
        .println(new JsonJobSpecSerializer().dumps(options.toSpec(profile)));
  }
}
