package org.psij.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.psij.InvalidJobException;
import org.psij.PsijException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code psij} command: describe a job once, run it anywhere. */
@Command(
    name = "psij",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Describe a job once, run it anywhere.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  psij run -- /bin/echo hello                     run a command as a job",
      "  psij run -l mpirun --process-count 4 -- ./sim   run an MPI program",
      "  psij spec --duration 1h -- ./sim > job.json     write the job down",
      "  psij run --spec job.json                        run what was written down",
      "  psij submit -e slurm -- ./sim                   submit, print the id, and return",
      "  psij status -e slurm 4711                       how the job stands",
      "  psij logs -f -e slurm 4711                      what it prints, as it comes",
      "  psij submit --file job.sbatch                   submit a ready batch script",
      "  psij queue -e slurm                             what everybody's jobs are doing",
      "  psij resources -e slurm                         what the cluster has, and what is free",
      "  psij executors                                  where jobs can run, and what auto is",
      "",
      "Each command explains itself: psij run --help",
      "Completion in bash or zsh: source <(psij completion)"
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          SubmitCommand.class,
          StatusCommand.class,
          WaitCommand.class,
          AttachCommand.class,
          CancelCommand.class,
          ListCommand.class,
          QueueCommand.class,
          LogsCommand.class,
          FetchCommand.class,
          CleanCommand.class,
          ResourcesCommand.class,
          ScriptCommand.class,
          SpecCommand.class,
          ValidateCommand.class,
          ExecutorsCommand.class,
          LaunchersCommand.class,
          ProfileCommand.class,
          OptionsCommand.class);

  @Spec private CommandSpec spec;

  /** Creates the command; picocli fills it. */
  @SuppressWarnings("NullAway.Init")
  public Main() {}

  /**
   * Runs the command and ends the JVM.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    String[] given = GivenArguments.of(arguments);
    System.exit(commandLine(given).execute(given));
  }

  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    commands(arguments).forEach(command -> commandLine.addSubcommand(name(command), command));
    if (commandLine.getSubcommands().size() > 1) {
      commandLine.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    }
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // an argument of the job may begin so
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(Main::report);
    // the options of the job's own command are not ours, with or without --
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      boolean takesJob =
          subcommand.getCommandSpec().mixins().values().stream()
              .anyMatch(mixin -> mixin.userObject() instanceof JobOptions);
      subcommand.setStopAtPositional(takesJob);
    }
    return commandLine;
  }

  /** Each takes a while to set up, so the one that is asked for is the only one. */
  private static List<Class<?>> commands(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Only what a person can act upon; anything else is a fault of this program. */
  private static int report(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof PsijException || e instanceof IllegalArgumentException) {
      ErrorLine.print(commandLine.getErr(), e.getMessage());
      return e instanceof InvalidJobException || e instanceof IllegalArgumentException
          ? ExitCode.USAGE
          : ExitCode.SOFTWARE;
    }
    throw e;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
