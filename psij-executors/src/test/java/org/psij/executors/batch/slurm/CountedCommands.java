package org.psij.executors.batch.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with Slurm's own commands, each behind a script that notes its call. */
final class CountedCommands {
  private final Path folder;
  private final Path calls;

  CountedCommands(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder.resolve("commands"));
    this.calls = folder.resolve("calls");
    Files.createFile(calls);
    for (String command : List.of("sbatch", "squeue", "sacct", "scancel", "scontrol")) {
      Path script =
          Files.writeString(
              this.folder.resolve(command),
              """
              #!/bin/sh
              echo %s >>'%s'
              exec '%s' "$@"
              """
                  .formatted(command, calls, Slurm.command(command)));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
  }

  Path folder() {
    return folder;
  }

  long count(String command) throws IOException {
    return Files.readAllLines(calls).stream().filter(command::equals).count();
  }
}
