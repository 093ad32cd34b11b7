package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.psij.Job;

/** The Slurm of the testbed, as its administrator sees it. */
final class Slurm {
  private Slurm() {}

  static Path command(String name) {
    return Path.of(System.getenv("PSIJ_SLURM_COMMAND_FOLDER"), name);
  }

  /** Runs one of Slurm's commands, which must succeed, and returns what it prints. */
  static String run(String name, String... arguments) {
    return run(command(name), arguments);
  }

  /** Runs a program, which must succeed, and returns what it prints. */
  static String run(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Lets an operation of the administrator act on a job. */
  static void control(String operation, Job job) {
    run("scontrol", operation, String.valueOf(job.getNativeId()));
  }

  /**
   * A requeued job would have to wait for two minutes. In the first second after the requeue Slurm
   * fails it: its credential is revoked.
   */
  static void startAgain(Job job) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ofSeconds(3))
        .ignoreException(AssertionError.class)
        .until(
            () ->
                run("scontrol", "update", "JobId=" + job.getNativeId(), "StartTime=now").isEmpty());
  }

  /** Whether memory is limited by control groups, so that Slurm knows who ran out of it. */
  static boolean limitsMemory() {
    return run("scontrol", "show", "config").contains("task/cgroup");
  }
}
