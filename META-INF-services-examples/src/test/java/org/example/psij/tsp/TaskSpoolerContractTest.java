package org.example.psij.tsp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.testkit.JobExecutorContract;

/** The contract tests on the real {@code tsp}, with a queue of their own (see the POM). */
final class TaskSpoolerContractTest extends JobExecutorContract {
  @BeforeAll
  static void requireTaskSpooler() {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/tsp"));
    if (System.getenv("CI") != null) {
      assertTrue(installed, "tsp must be installed in CI: apt-get install task-spooler");
    }
    assumeTrue(installed, "tsp is not installed: apt-get install task-spooler");
  }

  @AfterAll
  static void endTheQueue() throws IOException, InterruptedException {
    new ProcessBuilder("/usr/bin/tsp", "-K").inheritIO().start().waitFor();
  }

  @Override
  public JobExecutor open(JobExecutorConfig config) {
    BatchExecutorConfig quick =
        BatchExecutorConfig.builder().from(config).pollingInterval(Duration.ofSeconds(2)).build();
    return JobExecutor.getInstance("tsp", null, null, quick);
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return variable.startsWith("TS_")
        || Set.of("HOME", "PATH", "USER", "TMPDIR").contains(variable);
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }
}
