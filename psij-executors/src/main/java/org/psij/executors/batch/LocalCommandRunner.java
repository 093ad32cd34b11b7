package org.psij.executors.batch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.PrivateFiles;

/**
 * Runs commands as processes of this machine. Their output goes through files: what a command
 * leaves behind in the background may hold a pipe open for long, but not a file.
 */
final class LocalCommandRunner implements CommandRunner {
  /** A hundred thousand jobs are listed in a tenth of it. */
  private static final long MOST_OUTPUT = 256L << 20;

  private static final int LONGEST_QUOTE = 2000;
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final @Nullable Path commandFolder;
  private final Path scratch;
  private final Predicate<String> hidden;

  /**
   * Says where and how commands are run.
   *
   * @param commandFolder where they are, or null to search {@code PATH}
   * @param scratch a folder for their output
   * @param hidden tells which variables of this process they do not see
   */
  LocalCommandRunner(@Nullable Path commandFolder, Path scratch, Predicate<String> hidden) {
    this.commandFolder = commandFolder;
    this.scratch = scratch;
    this.hidden = hidden;
  }

  @Override
  public CommandResult run(List<String> command, Duration limit) {
    List<String> located = new ArrayList<>(command);
    if (commandFolder != null) {
      located.set(0, commandFolder.resolve(command.get(0)).toString());
    }
    Path folder = null;
    try {
      PrivateFiles.createDirectories(scratch);
      folder = Files.createTempDirectory(scratch, "command");
      return run(located, limit, folder.resolve("stdout"), folder.resolve("stderr"));
    } catch (IOException e) {
      throw new CommandException(
          "'" + String.join(" ", located) + "' cannot be run: " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  private CommandResult run(List<String> command, Duration limit, Path out, Path err)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(hidden);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      return answer(process, command, limit, start, out, err);
    } catch (IOException e) {
      throw CommandException.ofLostAnswer(
          "What '" + String.join(" ", command) + "' printed cannot be known: " + e.getMessage(), e);
    }
  }

  private static CommandResult answer(
      Process process, List<String> command, Duration limit, long start, Path out, Path err)
      throws IOException {
    boolean ended = waitFor(process, limit, out, err);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!ended || isTooMuch(out, err)) {
      kill(process);
      throw CommandException.ofTimeout(
          "'"
              + String.join(" ", command)
              + (isTooMuch(out, err)
                  ? "' printed too much and was killed after "
                  : "' was killed after ")
              + took.toMillis()
              + " ms; stdout: '"
              + beginning(out)
              + "'; stderr: '"
              + beginning(err)
              + "'");
    }
    requireRoom(out.resolveSibling("room"));
    return new CommandResult(command, process.exitValue(), read(out), read(err), took);
  }

  /** Waits until the process has ended, its time is over, or it has printed too much. */
  private static boolean waitFor(Process process, Duration limit, Path out, Path err)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
        if (process.waitFor(Math.min(left, GLANCE.toNanos()), TimeUnit.NANOSECONDS)) {
          return true;
        }
        if (isTooMuch(out, err)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static boolean isTooMuch(Path out, Path err) throws IOException {
    return Files.size(out) + Files.size(err) > MOST_OUTPUT;
  }

  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly(); // first, lest a script goes on with its next line
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * A command that finds the disk full says nothing of it, and what it printed is cut short. Then
   * there is no room for one more file either.
   */
  private static void requireRoom(Path file) throws IOException {
    Files.write(file, new byte[] {'\n'});
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String beginning(Path file) throws IOException {
    try (InputStream text = Files.newInputStream(file)) {
      return new String(text.readNBytes(LONGEST_QUOTE), StandardCharsets.UTF_8).strip();
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("stdout"));
      Files.deleteIfExists(folder.resolve("stderr"));
      Files.deleteIfExists(folder.resolve("room"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(LocalCommandRunner.class)
          .debug("{} cannot be removed", folder, e);
    }
  }
}
