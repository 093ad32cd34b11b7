package org.psij.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Submits one job and lets it go. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "psij submit [OPTION...] -- COMMAND [ARGUMENT...]",
      "psij submit [-e NAME] [--wait] [--json] --file SCRIPT"
    },
    header = "Submit a job and print its native id.",
    description = {
      "",
      "The job goes on when this command has returned: see psij status, wait, attach and cancel."
          + " Name files with --stdout and --stderr to see what it prints. With --wait, Ctrl-C ends"
          + " the wait and leaves the job alone.",
      "",
      "With --file, a batch script that has its own directives goes to its scheduler as it is.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the job is submitted; with --wait, it is COMPLETED",
      "1:the job could not be submitted; with --wait, it may have failed without an exit code",
      "2:the job is not valid, or this command line is not",
      "130:interrupted; if an id was printed, the job goes on",
      "other:with --wait, the exit code of the job"
    },
    footer = {
      "",
      "Examples:",
      "  psij submit -e slurm --duration 2h --stdout out.txt -- ./simulation input.dat",
      "  psij submit -e slurm --dry-run --spec job.json",
      "  id=$(psij submit -e slurm -- ./first) && psij wait -e slurm $id",
      "  psij submit --file job.sbatch"
    })
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(
      names = {"-w", "--wait"},
      description = "Show the states on standard error, and return the exit code of the job.")
  private boolean wait;

  @Option(
      names = "--dry-run",
      description = "Show what would be submitted, as psij script does, and submit nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print everything as JSON, a line each.")
  private boolean json;

  @Option(
      names = "--file",
      paramLabel = "SCRIPT",
      description =
          "Submit this batch script as it is. Without -e, its directives (#SBATCH, #PBS, #$, #BSUB)"
              + " tell which scheduler it is for.")
  private @Nullable Path file;

  @Mixin private JobOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SubmitCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return file == null ? submitJob() : submitScript(file);
  }

  private int submitJob() throws InterruptedException {
    JobSpec spec = options.toSpec(where.profile());
    try (Interruption interruption = Interruption.leaving(command.commandLine().getErr());
        JobExecutor executor = where.open()) {
      if (dryRun) {
        SubmissionPreview.print(executor, spec, json, command.commandLine());
        return ExitCode.OK;
      }
      Job job = new Job(spec);
      return submit(executor, job, () -> executor.submit(job), interruption);
    }
  }

  private int submitScript(Path path) throws InterruptedException {
    requireNoJobBesides();
    ReadyScript script = new ReadyScript(path);
    try (Interruption interruption = Interruption.leaving(command.commandLine().getErr());
        JobExecutor executor = openFor(script)) {
      Job job = new Job();
      return submit(executor, job, () -> script.submit(executor, job), interruption);
    }
  }

  private JobExecutor openFor(ReadyScript script) {
    return command.commandLine().getParseResult().hasMatchedOption("-e")
        ? where.open()
        : JobExecutor.getInstance(script.executor());
  }

  /** The script describes the job. */
  private void requireNoJobBesides() {
    ParseResult given = command.commandLine().getParseResult();
    Set<OptionSpec> known =
        Set.copyOf(
            command.mixins().values().stream()
                .filter(mixin -> mixin.userObject() == options)
                .flatMap(mixin -> mixin.options().stream())
                .toList());
    String other =
        given.matchedOptions().stream()
            .filter(
                option ->
                    known.contains(option) || option.longestName().matches("--dry-run|--profile"))
            .map(OptionSpec::longestName)
            .findFirst()
            .orElse(given.matchedPositionals().isEmpty() ? null : "a command");
    if (other != null) {
      throw new ParameterException(
          command.commandLine(),
          "--file and " + other + " cannot be used together: the script describes the job");
    }
  }

  private int submit(JobExecutor executor, Job job, Runnable submission, Interruption interruption)
      throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    FollowedJob followed = new FollowedJob(job, new StateDisplay(err, json, !wait), interruption);
    followed.begin(
        () -> {
          submission.run();
          printId(executor, job);
        });
    return wait ? followed.end(job.waitFor()) : ExitCode.OK;
  }

  private void printId(JobExecutor executor, Job job) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("id", job.getId());
      fields.put("native_id", job.getNativeId());
      fields.put("executor", executor.getName());
      out.println(JsonText.of(fields));
    } else {
      out.println(job.getNativeId());
    }
    out.flush();
  }
}
