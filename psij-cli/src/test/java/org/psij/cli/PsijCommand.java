package org.psij.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The psij command in a JVM of its own. */
final class PsijCommand {
  private final Path home;

  PsijCommand(Path home) {
    this.home = home;
  }

  /** What a command printed and returned. */
  record Result(int exitCode, String out, String err) {}

  Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(home.resolve("out").toFile())
        .redirectError(home.resolve("err").toFile())
        .start();
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return result(start(arguments));
  }

  Result result(Process process) throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    return new Result(exitCode, read("out"), read("err"));
  }

  String read(String stream) throws IOException {
    return Files.readString(home.resolve(stream), StandardCharsets.UTF_8);
  }
}
