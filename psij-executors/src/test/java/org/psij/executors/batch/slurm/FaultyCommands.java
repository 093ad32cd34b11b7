package org.psij.executors.batch.slurm;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with Slurm's own commands, of which a test can make some that misbehave. */
final class FaultyCommands {
  private final Path folder;

  FaultyCommands(Path parent) throws IOException {
    folder = Files.createDirectory(parent.resolve("commands"));
    for (String command : List.of("sbatch", "squeue", "sacct", "scancel")) {
      mend(command);
    }
  }

  Path folder() {
    return folder;
  }

  /** Lets a command work. */
  void mend(String command) throws IOException {
    replace(command, "exec \"$real\" \"$@\"");
  }

  /** Lets a command run lines of bash instead, in which {@code $real} is the true one. */
  void replace(String command, String... script) throws IOException {
    Path next = Files.createTempFile(folder, command, ".next");
    String variables = "real=%s; folder=%s%n".formatted(Slurm.command(command), folder);
    Files.writeString(next, "#!/bin/bash\n" + variables + String.join("\n", script) + "\n");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
    Files.move(next, folder.resolve(command), ATOMIC_MOVE);
  }

  /** Tells how often a command has noted its call with {@link #NOTE}. */
  long calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** Goes before the lines of a command whose calls are to be counted. */
  static final String NOTE = "echo called >>\"$folder/calls\"";
}
