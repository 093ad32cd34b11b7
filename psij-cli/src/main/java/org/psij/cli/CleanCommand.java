package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.psij.JobExecutor;
import org.psij.executors.work.Leftover;
import org.psij.executors.work.Leftovers;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Removes what ended jobs have left in the work directory. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Remove what ended jobs have left in the work directory.",
    description = {
      "",
      "Prints a line for each directory, with the end of its last job, size, number of jobs, native"
          + " id and path, and removes them if that is confirmed. Jobs that may not have ended are left alone, and"
          + " so is every file that PSI/J did not make. Jobs whose files are removed cannot be attached"
          + " any more.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:what was shown is removed, or there is nothing",
      "1:something that was shown could not be removed, or nobody has agreed",
      "2:this command line is not valid"
    },
    footer = {"", "Example:", "  psij clean -e slurm --older-than 1d --yes"})
final class CleanCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "7d",
      converter = AgeConverter.class,
      description =
          "For how long jobs must have ended, as in 90s, 12h, 7d. Default: ${DEFAULT-VALUE}.")
  private Duration age;

  /** A plain number would be seconds elsewhere: who means days loses the files of yesterday. */
  static final class AgeConverter implements ITypeConverter<Duration> {
    private static final Pattern PLAIN = Pattern.compile("\\s*[0-9.]*[1-9][0-9.]*\\s*");

    @Override
    public Duration convert(String value) {
      if (PLAIN.matcher(value).matches()) {
        throw new TypeConversionException(
            "expected a time with its unit, such as 7d, was '" + value + "'");
      }
      return new TimeoutConverter().convert(value);
    }
  }

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Needed where there is no terminal.")
  private boolean yes;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CleanCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try (JobExecutor executor = where.open()) {
      List<Leftover> found =
          Capabilities.of(executor, Leftovers.class, "keeps no files of jobs")
              .endedBefore(Instant.now().minus(age));
      if (found.isEmpty()) {
        out.println("nothing to remove");
        return ExitCode.OK;
      }
      print(found, out);
      return yes || isConfirmed() ? remove(found) : ExitCode.SOFTWARE;
    }
  }

  private static void print(List<Leftover> found, PrintWriter out) {
    TextTable table = new TextTable("ENDED", "BYTES", "JOBS", "ID", "PATH");
    for (Leftover leftover : found) {
      table.add(
          leftover.getEnd().truncatedTo(ChronoUnit.SECONDS).toString(),
          String.valueOf(leftover.getSize()),
          String.valueOf(leftover.getJobCount()),
          leftover.getNativeId() == null ? "-" : leftover.getNativeId(),
          leftover.getPath().toString());
    }
    table.lines().forEach(out::println);
    long size = found.stream().mapToLong(Leftover::getSize).sum();
    out.println("to remove: " + found.size() + ", " + size + " bytes");
    out.flush();
  }

  private boolean isConfirmed() {
    if (Terminal.ofStandardOutput() == null) {
      note("nothing is removed; --yes removes what is shown");
      return false;
    }
    PrintWriter out = command.commandLine().getOut();
    out.print("Remove them? [y/N] ");
    out.flush();
    Scanner answers = new Scanner(System.in, Charset.defaultCharset());
    return answers.hasNextLine() && answers.nextLine().strip().matches("(?i)y|yes");
  }

  private int remove(List<Leftover> found) {
    int exitCode = ExitCode.OK;
    for (Leftover leftover : found) {
      try {
        leftover.remove();
        if (Files.exists(leftover.getPath(), LinkOption.NOFOLLOW_LINKS)) {
          note(leftover.getPath() + " stays: something is in it that PSI/J did not make");
        }
      } catch (IOException e) {
        note(leftover.getPath() + " cannot be removed: " + e.getMessage());
        exitCode = ExitCode.SOFTWARE;
      }
    }
    return exitCode;
  }

  private void note(String message) {
    ErrorLine.print(command.commandLine().getErr(), message);
  }
}
