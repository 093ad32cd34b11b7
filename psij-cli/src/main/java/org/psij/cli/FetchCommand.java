package org.psij.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.psij.Job;
import org.psij.JobExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies what a job has written. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Copy the output of a job into a folder, whoever submitted it.",
    description = {
      "",
      "Copies standard output, standard error and launcher log, as far as the job has them, as"
          + " stdout, stderr and launcher.log, and prints the names of the copies. What the job"
          + " stages out is where it was asked for.",
      ""
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:all that is there is copied",
      "1:one of the files is in the folder already, or cannot be copied",
      "2:the id is not valid, or this command line is not"
    },
    footer = {"", "Example:", "  psij fetch -e slurm 4711 results/4711"})
final class FetchCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private NamedJob named;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Folder for the copies; it is made if it is not there.")
  private Path directory;

  @Option(names = "--overwrite", description = "Replace what is there already.")
  private boolean overwrite;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  FetchCommand() {}

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    try (JobExecutor executor = named.open()) {
      Job job = named.attach(executor);
      named.files(executor).fetch(job, directory, overwrite).forEach(out::println);
    }
  }
}
