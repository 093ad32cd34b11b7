package org.psij.cli;

import org.psij.JobExecutor;
import picocli.CommandLine.Option;

/** The option that says which executor a command talks to. */
final class ExecutorOption {
  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      defaultValue = "local",
      description = "Where jobs run: see psij executors. Default: ${DEFAULT-VALUE}.")
  private String name;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorOption() {}

  JobExecutor open() {
    return JobExecutor.getInstance(name);
  }
}
