package org.psij.executors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.executors.batch.BatchExecutorConfig;

/** The batch engine, with commands that pretend to be those of Slurm. */
final class BatchClosingRacesTest extends ClosingRaces {
  @Override
  JobExecutor open(Path workDirectory) throws IOException {
    Path commands = folder.resolve("commands");
    if (!Files.exists(commands)) {
      Files.createDirectory(commands);
      pretend(commands, "sbatch", "echo \"${EPOCHREALTIME/./}\"");
      pretend(
          commands,
          "squeue",
          "ids=${!#}; for id in $(tr , ' ' <<<\"${ids#--jobs=}\"); do echo \"$id|RUNNING|N/A|None|x\";"
              + " done");
      pretend(commands, "scancel", "exit 0");
      pretend(commands, "sacct", "exit 0");
    }
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(workDirectory)
            .commandFolder(commands)
            .pollingInterval(Duration.ofSeconds(1))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  private static void pretend(Path folder, String command, String shell) throws IOException {
    Path file = Files.writeString(folder.resolve(command), "#!/bin/bash\n" + shell + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Override
  int rounds() {
    return Soak.cases(100, 2000);
  }

  /** Says what the script of the job would. */
  @Override
  void end(Path workDirectory, Job job) throws IOException {
    long now = Instant.now().getEpochSecond();
    Files.writeString(
        workDirectory.resolve("slurm").resolve(job.getId()).resolve("status.1"),
        "%1$d.1 STARTED %2$s n1%n%1$d.2 ACTIVE%n%1$d.3 COMPLETED exit=0%n"
            .formatted(now, job.getNativeId()));
  }
}
