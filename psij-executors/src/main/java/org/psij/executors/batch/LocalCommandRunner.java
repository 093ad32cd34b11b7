package org.psij.executors.batch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs commands as processes of this machine. Needs no disk, which may be full or away. */
final class LocalCommandRunner implements CommandRunner {
  private static final int LONGEST_QUOTE = 2000;

  private final @Nullable Path commandFolder;
  private final Predicate<String> hidden;

  /**
   * Says where and how commands are run.
   *
   * @param commandFolder where they are, or null to search {@code PATH}
   * @param hidden tells which variables of this process they do not see
   */
  LocalCommandRunner(@Nullable Path commandFolder, Predicate<String> hidden) {
    this.commandFolder = commandFolder;
    this.hidden = hidden;
  }

  @Override
  public CommandResult run(List<String> command, Duration limit) {
    List<String> located = located(command);
    long start = System.nanoTime();
    Process process = start(located);
    try (CommandOutput output = new CommandOutput(process)) {
      return answer(process, output, located, limit, start);
    } catch (IOException e) {
      kill(process);
      throw CommandException.ofLostAnswer(
          "What '" + String.join(" ", located) + "' printed cannot be known: " + e.getMessage(), e);
    }
  }

  @Override
  public RunningCommand start(List<String> command, Duration limit) {
    List<String> located = located(command);
    return new RunningCommand(located, start(located), limit);
  }

  private List<String> located(List<String> command) {
    List<String> located = new ArrayList<>(command);
    if (commandFolder != null) {
      located.set(0, commandFolder.resolve(command.get(0)).toString());
    }
    return located;
  }

  private Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(hidden);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandException(
          "'" + String.join(" ", command) + "' cannot be run: " + e.getMessage(), e);
    }
  }

  private static CommandResult answer(
      Process process, CommandOutput output, List<String> command, Duration limit, long start)
      throws IOException {
    boolean ended = awaitEnd(output, limit);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!ended) {
      kill(process);
      throw CommandException.ofTimeout(
          "'"
              + String.join(" ", command)
              + (output.isTooMuch()
                  ? "' printed too much and was killed after "
                  : "' was killed after ")
              + took.toMillis()
              + " ms; stdout: '"
              + beginning(output.stdout())
              + "'; stderr: '"
              + beginning(output.stderr())
              + "'");
    }
    return new CommandResult(command, process.exitValue(), output.stdout(), output.stderr(), took);
  }

  private static boolean awaitEnd(CommandOutput output, Duration limit) throws IOException {
    try {
      return output.awaitEnd(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly(); // first, lest a script goes on with its next line
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUOTE)).strip();
  }
}
