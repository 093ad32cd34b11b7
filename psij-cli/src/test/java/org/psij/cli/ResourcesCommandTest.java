package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is, and whether a job can run on it. */
final class ResourcesCommandTest {
  private static final String LARGE =
      "{\"executable\": \"/bin/true\", \"resources\": {\"__version\": 1,"
          + " \"cpu_cores_per_process\": 17}}";

  @TempDir Path folder;
  private final CommandInThisJvm psij = new CommandInThisJvm();

  @Test
  void resourcesAreATableWithUnits() {
    assertThat(psij.run("resources", "-e", "fake-scheduler")).isZero();
    assertThat(psij.out().lines())
        .containsExactly(
            "executor       fake-scheduler",
            "time           2026-11-22T20:00:00Z",
            "architectures  x86_64",
            "cores          20 free of 32",
            "slots          - free of -",
            "memory         64.0 GiB",
            "own jobs       1 running, - queued",
            "all jobs       - running, - queued",
            "",
            "QUEUE  STATE    FREE  CORES  RUNNING  QUEUED  NODE CORES  NODE MEMORY  PER CORE"
                + "  MAX NODES  MAX CORES  MAX WALLTIME",
            "day*   open     20    32     -        -       16          32.0 GiB     2.0 GiB"
                + "   -          -          26:00:00",
            "night  stopped  -     -      -        -       -           -            -"
                + "         -          -          -",
            "old    closed   -     -      -        -       -           -            -"
                + "         -          -          -");
  }

  @Test
  void machinesGetBytesAndSeconds() {
    assertThat(psij.run("resources", "-e", "fake-scheduler", "--json")).isZero();
    assertThat(psij.out())
        .contains(
            "\"total_memory\":68719476736",
            "\"own_queued_jobs\":null",
            "\"walltime\":93600",
            "\"default_queue\":true");
  }

  @Test
  void thisMachineHasNoQueues() {
    assertThat(psij.run("resources")).isZero();
    assertThat(psij.out()).contains("executor       local", "cores ").doesNotContain("QUEUE");
  }

  @Test
  void validateNamesTheLimitThatAJobBreaks() throws Exception {
    String file = Files.writeString(folder.resolve("job.json"), LARGE).toString();
    assertThat(psij.run("validate", file)).isZero();
    assertThat(psij.run("validate", "--against", "fake-scheduler", file)).isEqualTo(2);
    assertThat(psij.err())
        .contains(
            "job.json: resources.cpu_cores_per_process: 17 cores a process, but the largest node"
                + " of queue 'day' has 16");
    assertThat(psij.run("validate", "--against", "fake-scheduler", "--json", file)).isEqualTo(2);
    assertThat(psij.out())
        .contains("\"valid\":false", "\"field\":\"resources.cpu_cores_per_process\"");
    assertThat(psij.run("validate", "--against", "local", file)).isZero();
  }

  @Test
  void unknownExecutorIsNoFaultOfTheJob() throws Exception {
    String file = Files.writeString(folder.resolve("job.json"), LARGE).toString();
    assertThat(psij.run("validate", "--against", "nope", "--json", file)).isEqualTo(2);
    assertThat(psij.err()).contains("nope");
    assertThat(psij.out()).isEmpty();
  }
}
