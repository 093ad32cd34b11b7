package org.psij.executors.batch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs commands as processes of this machine. Needs no disk, which may be full or away. */
final class LocalCommandRunner implements CommandRunner {
  static final Path NOTHING = Path.of("/dev/null");

  private static final int LONGEST_QUOTE = 2000;
  private static final Map<String, String> NEUTRAL = Map.of("LC_ALL", "C", "TZ", "UTC");

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
    return run(command, NOTHING, NEUTRAL, limit);
  }

  /**
   * Runs a command to its end in the locale and the time zone of this process: a job may inherit
   * them from it.
   *
   * @param command the plain name of the command, and its arguments
   * @param input what it reads
   * @param limit how long it may take
   * @return what it printed and returned
   * @throws CommandException if it cannot be started, or is not done in time and was killed
   */
  CommandResult runAsUser(List<String> command, Path input, Duration limit) {
    return run(command, input, Map.of(), limit);
  }

  private CommandResult run(
      List<String> command, Path input, Map<String, String> variables, Duration limit) {
    List<String> located = located(command);
    long start = System.nanoTime();
    Process process = start(located, input, variables);
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
    return new RunningCommand(located, start(located, NOTHING, NEUTRAL), limit);
  }

  private List<String> located(List<String> command) {
    List<String> located = new ArrayList<>(command);
    if (commandFolder != null) {
      located.set(0, commandFolder.resolve(command.get(0)).toString());
    }
    return located;
  }

  private Process start(List<String> command, Path input, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(hidden);
    builder.environment().putAll(variables);
    builder.redirectInput(Redirect.from(input.toFile()));
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
