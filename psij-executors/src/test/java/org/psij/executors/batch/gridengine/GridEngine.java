package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.psij.Job;
import org.psij.executors.batch.CommandResult;

/** The Grid Engine of the testbed, as its administrator and another user see it. */
final class GridEngine {
  private GridEngine() {}

  static Path command(String name) {
    return Path.of(System.getenv("PSIJ_GRIDENGINE_COMMAND_FOLDER"), name);
  }

  /** Runs one of the commands as administrator and returns what it prints; codes mean little. */
  static String run(String name, String... arguments) {
    return run(List.of(), name, List.of(arguments));
  }

  /** Runs one of the commands as a user who is nobody's administrator. */
  static String runAsOther(String name, String... arguments) {
    return run(List.of("runuser", "-u", "tester", "--"), name, List.of(arguments));
  }

  private static String run(List<String> prefix, String name, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(command(name).toString());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/tmp"))
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command of the dialect as the library does, and returns the whole answer. */
  static CommandResult ask(List<String> command) {
    List<String> located = new ArrayList<>(command);
    located.set(0, command(command.get(0)).toString());
    ProcessBuilder builder = new ProcessBuilder(located).redirectInput(new File("/dev/null"));
    builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
    try {
      Path stderr = Files.createTempFile("stderr", "");
      Process process = builder.redirectError(stderr.toFile()).start();
      String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      CommandResult answer =
          new CommandResult(
              command, process.waitFor(), stdout, Files.readString(stderr), Duration.ZERO);
      Files.delete(stderr);
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets a command of the administrator act on a job. */
  static String control(String command, Job job) {
    return run(command, String.valueOf(job.getNativeId()));
  }

  /** Has another user, who does not use the library, submit a script; returns its id. */
  static String submitAsOther(String shell, String... options) {
    List<String> words = new ArrayList<>(List.of("-terse", "-b", "y", "-shell", "n"));
    words.addAll(List.of("-o", "/dev/null", "-e", "/dev/null"));
    words.addAll(List.of(options));
    words.addAll(List.of("/bin/sh", "-c", shell));
    String id = runAsOther("qsub", words.toArray(String[]::new));
    assertThat(id).matches("[0-9]+");
    return id;
  }

  /**
   * Makes a folder of the commands in which the accounting knows of a job only when asked again.
   */
  static Path withLateAccounting(Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("commands"));
    for (String name : List.of("qsub", "qstat", "qdel")) {
      write(folder.resolve(name), "exec '" + command(name) + "' \"$@\"");
    }
    write(
        folder.resolve("qacct"),
        """
        mkdir '%s.asked-for-'$2 2>/dev/null || exec '%s' "$@"
        echo "error: job id $2 not found" >&2
        exit 1
        """
            .formatted(folder, command("qacct")));
    return folder;
  }

  private static void write(Path script, String text) throws IOException {
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
