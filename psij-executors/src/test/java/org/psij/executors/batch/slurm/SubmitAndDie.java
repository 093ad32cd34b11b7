package org.psij.executors.batch.slurm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchExecutorConfig;

/**
 * Submits a shell command with the commands of a folder to Slurm, writes down the native id, and
 * ends without waiting or closing anything.
 */
final class SubmitAndDie {
  private SubmitAndDie() {}

  public static void main(String[] arguments) throws Exception {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(Path.of(arguments[0]))
            .commandFolder(Path.of(arguments[1]))
            .build();
    Job job = new Job(JobSpec.builder("/bin/sh").arguments("-c", arguments[3]).build());
    JobExecutor.getInstance("slurm", null, null, config).submit(job);
    Files.writeString(Path.of(arguments[2]), String.valueOf(job.getNativeId()));
    Runtime.getRuntime().halt(0);
  }

  static int run(Path workDirectory, Path commands, Path nativeId, String shell) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndDie.class.getName(),
                workDirectory.toString(),
                commands.toString(),
                nativeId.toString(),
                shell))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
