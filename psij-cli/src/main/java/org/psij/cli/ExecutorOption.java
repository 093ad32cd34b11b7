package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.ExecutorChoice;
import org.psij.JobExecutor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The option that says which executor a command talks to. */
final class ExecutorOption {
  private static final String BUILT_IN = "local";

  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      description =
          "Where jobs run: see psij executors; auto for what fits here. Default: PSIJ_EXECUTOR, the"
              + " executor of the profile, local.")
  private @Nullable String name;

  @Mixin private ProfileOption profile;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorOption() {}

  ProfileOption profile() {
    return profile;
  }

  /** Opens the executor; what {@code auto} has become, and why, is told on standard error. */
  JobExecutor open() {
    String wanted = wanted();
    if (!wanted.equalsIgnoreCase("auto")) {
      return JobExecutor.getInstance(wanted);
    }
    ExecutorChoice choice = JobExecutor.detect();
    ParseResult given = command.commandLine().getParseResult();
    if (!given.hasMatchedOption("--json") && !given.hasMatchedOption("--quiet")) {
      ErrorLine.print(command.commandLine().getErr(), "auto is " + choice);
    }
    return JobExecutor.getInstance(choice.getName());
  }

  private String wanted() {
    String given = name == null ? ProfileOption.variable("PSIJ_EXECUTOR") : name;
    String preferred = given == null ? profile.executor() : given;
    return preferred == null ? BUILT_IN : preferred;
  }
}
