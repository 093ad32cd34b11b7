package org.psij.executors.batch;

import java.io.IOException;
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
    boolean ended = waitFor(process, limit);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (!ended) {
      throw CommandException.ofTimeout(
          "'"
              + String.join(" ", command)
              + "' was killed after "
              + took.toMillis()
              + " ms; stdout: '"
              + read(out).strip()
              + "'; stderr: '"
              + read(err).strip()
              + "'");
    }
    return new CommandResult(command, process.exitValue(), read(out), read(err), took);
  }

  private static boolean waitFor(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly(); // first, lest a script goes on with its next line
    descendants.forEach(ProcessHandle::destroyForcibly);
    return false;
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("stdout"));
      Files.deleteIfExists(folder.resolve("stderr"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(LocalCommandRunner.class)
          .debug("{} cannot be removed", folder, e);
    }
  }
}
