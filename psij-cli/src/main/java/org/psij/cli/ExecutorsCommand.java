package org.psij.cli;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.ExecutorChoice;
import org.psij.JobExecutor;
import org.psij.PsijException;
import org.psij.executors.local.ProcessStarting;
import org.psij.spi.Detection;
import org.psij.spi.Fit;
import org.psij.spi.PluginInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the executors. */
@Command(
    name = "executors",
    mixinStandardHelpOptions = true,
    header = "List the executors that there are, the broken ones included.",
    description = {
      "",
      "Also tells which one -e auto takes, and why. Folders with further ones are named in"
          + " PSIJ_PLUGIN_PATH.",
      ""
    })
final class ExecutorsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExecutorsCommand() {}

  private static @Nullable String note(PluginInfo plugin, @Nullable ExecutorChoice choice) {
    String notes =
        Stream.of(starting(plugin), detected(plugin.getName(), choice))
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return notes.isEmpty() ? null : notes;
  }

  private static @Nullable String detected(String name, @Nullable ExecutorChoice choice) {
    if (choice == null) {
      return null;
    }
    if (name.equals(choice.getName())) {
      return "auto takes this: " + choice.getReason();
    }
    Detection detection = choice.getDetections().get(name);
    return detection == null || detection.getFit() == Fit.FALLBACK ? null : detection.getReason();
  }

  /** How an executor of this machine starts its processes. */
  private static @Nullable String starting(PluginInfo plugin) {
    if (plugin.getProblem() != null || !plugin.getName().equals("local")) {
      return null;
    }
    try (JobExecutor executor = JobExecutor.getInstance(plugin.getName())) {
      return executor
          .capability(ProcessStarting.class)
          .map(starting -> "starts processes by " + starting.describe())
          .orElse(null);
    } catch (PsijException e) {
      return "cannot be opened: " + e.getMessage();
    }
  }

  @Override
  public void run() {
    ExecutorChoice choice = choice();
    PluginTable.print(
        JobExecutor.getExecutorInfos(),
        plugin -> note(plugin, choice),
        json,
        command.commandLine().getOut());
  }

  private @Nullable ExecutorChoice choice() {
    try {
      return JobExecutor.detect();
    } catch (IllegalArgumentException e) {
      ErrorLine.print(command.commandLine().getErr(), "auto takes none: " + e.getMessage());
      return null;
    }
  }
}
