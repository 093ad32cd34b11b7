package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.Soak;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Many jobs that a real Slurm has as arrays: each is a job like any other. */
@Tag("testbed")
final class SlurmArraysTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** So many short jobs, and some more that are cancelled. */
  private static final int JOBS = Soak.cases(200, 1000);

  private static final int CANCELLED = 10;

  @TempDir Path folder;
  private CountedCommands commands;

  @BeforeEach
  void open() throws IOException {
    Testbed.require("slurm");
    commands = new CountedCommands(folder);
  }

  private JobExecutor executor() {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(commands.folder())
            .pollingInterval(Duration.ofSeconds(5))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  /** Each with arguments, a variable, a name, a file and an exit code of its own. */
  private Job ordinary(int i) {
    String script = "echo \"$0 $VARIABLE $PSIJ_JOB_NAME $PSIJ_JOB_ID\"; exit " + i % 4;
    return new Job(
        JobSpec.builder("/bin/sh")
            .arguments("-c", script, "it's " + i)
            .environment(Map.of("VARIABLE", "v" + i))
            .name("n" + i)
            .stdoutPath(folder.resolve("out-" + i))
            .build());
  }

  private static JobStatus end(Job job) throws InterruptedException {
    return Objects.requireNonNull(job.waitFor(PATIENCE), () -> "end of " + job);
  }

  @Test
  void everyTaskIsAJobOfItsOwn() throws Exception {
    try (JobExecutor executor = executor();
        JobExecutor other = executor()) {
      List<Job> ordinary = IntStream.range(0, JOBS).mapToObj(this::ordinary).toList();
      List<Job> cancelled =
          IntStream.range(0, CANCELLED)
              .mapToObj(
                  i ->
                      new Job(JobSpec.builder("/bin/sleep").arguments("600").name("l" + i).build()))
              .toList();
      List<Job> all = new ArrayList<>(cancelled.subList(0, CANCELLED / 2));
      all.addAll(ordinary);
      all.addAll(cancelled.subList(CANCELLED / 2, CANCELLED));

      assertThat(executor.submitAll(all)).isEmpty();

      assertThat(commands.count("sbatch")).isEqualTo(1);
      assertThat(all).extracting(Job::getNativeId).doesNotHaveDuplicates();
      assertThat(all.get(1).getNativeId()).matches("[0-9]+_1");
      assertThat(executor.list())
          .contains(String.valueOf(cancelled.get(0).getNativeId()), nativeIdOfLast(all));
      for (Job waiting : cancelled.subList(CANCELLED / 2, CANCELLED)) {
        waiting.cancel();
      }
      for (Job running : cancelled.subList(0, CANCELLED / 2)) {
        assertThat(running.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
        running.cancel();
      }
      Job attached = new Job();
      other.attach(attached, nativeIdOfLast(ordinary));
      for (int i = 0; i < JOBS; i++) {
        assertEnd(ordinary.get(i), i);
      }
      for (Job job : cancelled) {
        assertThat(end(job).getCause()).isEqualTo(FailureCause.CANCELED_BY_USER);
      }
      assertThat(end(attached).getExitCode()).isEqualTo((JOBS - 1) % 4);
      assertThat(commands.count("squeue") + commands.count("sacct")).isLessThan(40);
    }
  }

  private static String nativeIdOfLast(List<Job> jobs) {
    return String.valueOf(jobs.get(jobs.size() - 1).getNativeId());
  }

  private void assertEnd(Job job, int i) throws InterruptedException {
    assertThat(end(job).getExitCode()).as("exit code of %s", job).isEqualTo(i % 4);
    assertThat(folder.resolve("out-" + i))
        .hasContent("it's %d v%d n%d %s".formatted(i, i, i, job.getId()));
  }

  @Test
  void clientThatDiesLeavesTasksThatAreRecovered() throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    int jobs = 40;
    String shell = "echo ran >>'" + runs + "'/$PSIJ_JOB_NAME; ";
    assertThat(
            SubmitAndDie.run(
                folder.resolve("work"),
                commands.folder(),
                folder.resolve("native_id"),
                shell + "[ $PSIJ_JOB_NAME -lt 20 ] || sleep 3; exit $PSIJ_JOB_NAME",
                jobs))
        .isZero();
    String array = Files.readString(folder.resolve("native_id")).replaceFirst("_.*", "");
    await().atMost(PATIENCE).until(() -> Files.exists(runs.resolve("19")));
    try (JobExecutor executor = executor()) {
      List<Job> recovered = executor.recover();
      assertThat(recovered).hasSize(jobs);
      assertThat(recovered.stream().map(Job::getNativeId).collect(Collectors.toSet()))
          .isEqualTo(Set.copyOf(IntStream.range(0, jobs).mapToObj(i -> array + "_" + i).toList()));
      for (Job job : recovered) {
        JobSpec spec = Objects.requireNonNull(job.getSpec());
        assertThat(end(job).getExitCode()).isEqualTo(Integer.valueOf(spec.getName()));
      }
    }
    for (int i = 0; i < jobs; i++) {
      assertThat(runs.resolve(String.valueOf(i))).hasContent("ran");
    }
  }
}
