package org.psij.cli;

import org.jspecify.annotations.Nullable;
import org.psij.JobExecutor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that says which executor a command talks to. */
final class ExecutorOption {
  private static final String BUILT_IN = "local";

  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      description =
          "Where jobs run: see psij executors. Default: PSIJ_EXECUTOR, the executor of the profile,"
              + " local.")
  private @Nullable String name;

  @Mixin private ProfileOption profile;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorOption() {}

  ProfileOption profile() {
    return profile;
  }

  JobExecutor open() {
    return JobExecutor.getInstance(chosen());
  }

  private String chosen() {
    String given = name == null ? ProfileOption.variable("PSIJ_EXECUTOR") : name;
    String preferred = given == null ? profile.executor() : given;
    return preferred == null ? BUILT_IN : preferred;
  }
}
