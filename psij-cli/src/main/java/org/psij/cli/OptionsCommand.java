package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.PsijException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains the options of a job. */
@Command(
    name = "options",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Explain the options that describe a job, and what schedulers make of them.",
    description = {
      "",
      "Shows for each option its type, with what a plain number counts, its meaning, an example,"
          + " and what the example becomes: directives of the script, options of the submit"
          + " command, or something in the script itself. - is nothing. No scheduler is asked.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the options are printed",
      "1:the executor cannot be opened",
      "2:there is no such option, or the executor submits no scripts"
    },
    footer = {"", "Examples:", "  psij options -e slurm", "  psij options memory duration"})
final class OptionsCommand implements Runnable {
  private CommandSpec command;

  @Option(
      names = {"-e", "--executor"},
      paramLabel = "NAME",
      description = "Only this executor: see psij executors. Default: all that submit scripts.")
  private @Nullable String executor;

  @Option(names = "--json", description = "Print a JSON list with an object for each option.")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Only these, with or without dashes. Default: all.")
  private List<String> names = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  OptionsCommand() {}

  /** The options of a job are no options of this command, but what it is asked about. */
  @Spec
  void setCommand(CommandSpec spec) {
    command = spec;
    command.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public void run() {
    List<JobOption> options = options();
    PrintWriter out = command.commandLine().getOut();
    try (OpenSchedulers schedulers =
        OpenSchedulers.open(executor, command.commandLine().getErr())) {
      List<OptionPage> pages =
          options.stream().map(option -> new OptionPage(option, schedulers.previews())).toList();
      if (json) {
        out.println(JsonText.of(pages.stream().map(OptionPage::fields).toList()));
      } else {
        print(pages, out);
      }
    } catch (IOException e) {
      throw new PsijException("Cannot use the folder for temporary files: " + e, e);
    }
  }

  private List<JobOption> options() {
    List<JobOption> all = JobOption.all();
    return names.isEmpty() ? all : names.stream().map(name -> named(name, all)).toList();
  }

  private static JobOption named(String name, List<JobOption> all) {
    return all.stream()
        .filter(option -> option.isNamed(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No option of a job has the name '" + name + "'; psij options lists them"));
  }

  private void print(List<OptionPage> pages, PrintWriter out) {
    int width = command.usageMessage().width();
    boolean first = true;
    for (OptionPage page : pages) {
      if (!first) {
        out.println();
      }
      page.print(out, width);
      first = false;
    }
  }
}
