package org.psij.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other JVMs, with the classes of this one. */
final class FreshJvm {
  private FreshJvm() {}

  static List<String> command(Class<?> main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of(java, "-cp", classes, main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a class, and returns what it prints. */
  static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return output(command(main, arguments));
  }

  /** Runs a command, which must succeed, and returns what it prints. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("exit code " + process.exitValue() + " of " + command);
    }
    return output;
  }
}
