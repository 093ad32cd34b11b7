package org.psij.executors.batch.slurm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchExecutorConfig;

/**
 * Submits a shell command, once or several times at once, with the commands of a folder to Slurm,
 * writes down the native id, and ends without waiting or closing anything.
 */
final class SubmitAndDie {
  private SubmitAndDie() {}

  public static void main(String[] arguments) throws Exception {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(Path.of(arguments[0]))
            .commandFolder(Path.of(arguments[1]))
            .build();
    List<Job> jobs =
        IntStream.range(0, Integer.parseInt(arguments[4]))
            .mapToObj(i -> JobSpec.builder("/bin/sh").name(String.valueOf(i)))
            .map(spec -> new Job(spec.arguments("-c", arguments[3]).build()))
            .toList();
    JobExecutor.getInstance("slurm", null, null, config).submitAll(jobs);
    Files.writeString(Path.of(arguments[2]), String.valueOf(jobs.get(0).getNativeId()));
    Runtime.getRuntime().halt(0);
  }

  static int run(Path workDirectory, Path commands, Path nativeId, String shell) throws Exception {
    return run(workDirectory, commands, nativeId, shell, 1);
  }

  /** Submits several jobs at once, whose names are their numbers; the native id is the first's. */
  static int run(Path workDirectory, Path commands, Path nativeId, String shell, int jobs)
      throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndDie.class.getName(),
                workDirectory.toString(),
                commands.toString(),
                nativeId.toString(),
                shell,
                String.valueOf(jobs)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
