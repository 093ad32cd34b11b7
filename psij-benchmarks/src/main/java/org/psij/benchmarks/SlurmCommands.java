package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commands of Slurm.
 *
 * @param folder where they are
 */
record SlurmCommands(Path folder) {
  private static final long PAUSE_MILLIS = 200;

  static SlurmCommands ofTestbed() {
    String folder = System.getenv("PSIJ_SLURM_COMMAND_FOLDER");
    if (folder == null) {
      throw new IllegalStateException("no Slurm is running: use psij-benchmarks/run slurm");
    }
    return new SlurmCommands(Path.of(folder));
  }

  String path(String command) {
    return folder.resolve(command).toString();
  }

  /** Runs one, which must succeed, and returns what it prints. */
  String run(String command, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(path(command)));
    words.addAll(List.of(arguments));
    return FreshJvm.output(words);
  }

  /** Cancels the jobs of a name, and returns when they are gone. */
  void cancelAll(String name) throws IOException, InterruptedException {
    run("scancel", "--name=" + name);
    while (!run("squeue", "--noheader", "--name=" + name, "--format=%i").isBlank()) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Makes a folder with the same commands, each behind a script that notes its call. */
  SlurmCommands counted(Path calls) throws IOException {
    Path counted = Scratch.folder();
    Files.createFile(calls);
    try (Stream<Path> commands = Files.list(folder)) {
      for (Path command : commands.filter(Files::isExecutable).toList()) {
        Path script =
            Files.writeString(
                counted.resolve(command.getFileName()),
                """
                #!/bin/sh
                echo %s >>'%s'
                exec '%s' "$@"
                """
                    .formatted(command.getFileName(), calls, command));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      }
    }
    return new SlurmCommands(counted);
  }
}
