package org.psij.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is wrong with a document before it is submitted. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    header = "Check a JSON document that describes a job.",
    description = {
      "",
      "Checks what any executor would refuse; submits nothing. With --against, also asks a scheduler"
          + " for the limits of its queues, and refuses a job that can never run there.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the job is valid",
      "1:the file cannot be read, or the scheduler does not answer",
      "2:the job is not valid, or can never run there"
    },
    footer = {"", "Example:", "  psij validate --against slurm job.json"})
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description = "Also ask the scheduler of this executor: see psij executors.")
  private @Nullable String against;

  @Parameters(paramLabel = "FILE", description = "The document.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ValidateCommand() {}

  @Override
  public Integer call() {
    try (JobExecutor executor = against == null ? null : JobExecutor.getInstance(against)) {
      boolean valid = passes(() -> check(JobOptions.load(file)));
      if (valid && executor != null) {
        ResourceSummary resources = ResourcesCommand.look(executor);
        valid = passes(() -> resources.requireRunnable(JobOptions.load(file)));
      }
      if (valid && json) {
        print(true, null, null);
      } else if (valid) {
        command.commandLine().getOut().println(file + ": valid");
      }
      return valid ? ExitCode.OK : ExitCode.USAGE;
    }
  }

  /** Runs a check, and tells what it finds wrong. */
  private boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (InvalidJobException | IllegalArgumentException e) {
      if (!json) {
        throw new InvalidJobException(null, file + ": " + e.getMessage(), e);
      }
      String field = e instanceof InvalidJobException invalid ? invalid.getField() : "launcher";
      print(false, field, e.getMessage());
      return false;
    }
  }

  private static void check(JobSpec spec) {
    for (String argument : spec.getArguments()) {
      if (argument.indexOf('\0') >= 0) {
        int index = spec.getArguments().indexOf(argument);
        throw new InvalidJobException("arguments[" + index + "]", "holds a NUL character");
      }
    }
    String launcher = spec.getLauncher();
    List<String> started =
        Launcher.getInstance(launcher == null ? Launcher.DEFAULT_LAUNCHER_NAME : launcher)
            .getLaunchCommand(new Job(spec));
    if (started.isEmpty()) {
      throw new InvalidJobException("launcher", "'" + launcher + "' starts nothing");
    }
  }

  private void print(boolean valid, @Nullable String field, @Nullable String problem) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("file", file.toString());
    result.put("valid", valid);
    result.put("field", field);
    result.put("problem", problem);
    command.commandLine().getOut().println(JsonText.of(result));
  }
}
