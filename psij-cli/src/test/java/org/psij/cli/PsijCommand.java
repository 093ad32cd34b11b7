package org.psij.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The psij command in a JVM of its own. */
final class PsijCommand {
  private final Path home;
  private final String streams;

  PsijCommand(Path home) {
    this(home, "");
  }

  private PsijCommand(Path home, String streams) {
    this.home = home;
    this.streams = streams;
  }

  /** The same command once more, while this one runs. */
  PsijCommand beside() {
    return new PsijCommand(home, streams + "beside-");
  }

  /** What a command printed and returned. */
  record Result(int exitCode, String out, String err) {}

  Process start(String... arguments) throws IOException {
    return builder(arguments).start();
  }

  /** With a terminal of its own, which goes to the file of its output. */
  Process startOnTerminal(String... arguments) throws IOException {
    return startOnTerminal(Path.of("/dev/null"), arguments);
  }

  /** With a terminal of its own, on which somebody types what is in a file. */
  Process startOnTerminal(Path typed, String... arguments) throws IOException {
    ProcessBuilder builder = builder(arguments).redirectInput(typed.toFile());
    String command =
        builder.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR_FORCE"));
    return builder.command("script", "-qefc", command, "/dev/null").start();
  }

  ProcessBuilder builder(String... arguments) {
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
        .redirectOutput(home.resolve(streams + "out").toFile())
        .redirectError(home.resolve(streams + "err").toFile());
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return result(start(arguments));
  }

  Result result(Process process) throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    return new Result(exitCode, read(streams + "out"), read(streams + "err"));
  }

  String read(String file) throws IOException {
    return Files.readString(home.resolve(file), StandardCharsets.UTF_8);
  }

  /** Sends what Ctrl-C sends. */
  static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  static boolean isRunning(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }
}
