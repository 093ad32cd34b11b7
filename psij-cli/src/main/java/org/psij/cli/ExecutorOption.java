package org.psij.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.psij.ExecutorChoice;
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
          "Where jobs run: see psij executors; auto for what fits here. Default: PSIJ_EXECUTOR, the"
              + " executor of the profile, local.")
  private @Nullable String name;

  @Mixin private ProfileOption profile;

  private @Nullable ExecutorChoice choice;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorOption() {}

  ProfileOption profile() {
    return profile;
  }

  JobExecutor open() {
    String wanted = wanted();
    if (!wanted.equalsIgnoreCase("auto")) {
      return JobExecutor.getInstance(wanted);
    }
    choice = JobExecutor.detect();
    return JobExecutor.getInstance(choice.getName());
  }

  private String wanted() {
    String given = name == null ? ProfileOption.variable("PSIJ_EXECUTOR") : name;
    String preferred = given == null ? profile.executor() : given;
    return preferred == null ? BUILT_IN : preferred;
  }

  /** Tells which executor {@code auto} has become, and why. */
  void explain(PrintWriter err) {
    if (choice != null) {
      ErrorLine.print(err, "auto is " + choice);
    }
  }
}
