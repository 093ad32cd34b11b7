package org.psij.executors.batch.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobFiles;
import org.psij.JobSpec;
import org.psij.Jobs;
import org.psij.OutputFile;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.JobArrays;
import org.psij.executors.batch.Testbed;
import org.psij.executors.work.Leftover;
import org.psij.executors.work.Leftovers;

/** What jobs of a real Slurm leave, and how it is read and removed. */
@Tag("testbed")
final class SlurmJobFilesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private JobExecutor executor;

  @BeforeEach
  void open() {
    Testbed.require("slurm");
    executor = another(JobArrays.ALWAYS);
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  private JobExecutor another(JobArrays arrays) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .jobArrays(arrays)
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  private static Job shell(String script) {
    return new Job(JobSpec.builder("/bin/sh").arguments("-c", script).build());
  }

  private JobFiles files() {
    return executor.capability(JobFiles.class).orElseThrow();
  }

  private List<Leftover> leftovers() {
    return executor.capability(Leftovers.class).orElseThrow().endedBefore(Instant.now());
  }

  private String stdout(Job job) {
    return new String(files().peek(job, OutputFile.STDOUT, 0, 100), UTF_8);
  }

  private List<Path> jobDirectories() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("work/slurm"))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}")).toList();
    }
  }

  @Test
  void jobsLeaveNothingBehind() throws Exception {
    runAndRemove(20);
  }

  @Test
  @Tag("attack")
  void fiveHundredJobsLeaveNothingBehind() throws Exception {
    runAndRemove(500);
  }

  private void runAndRemove(int number) throws Exception {
    List<Job> jobs = IntStream.range(0, number - 2).mapToObj(i -> shell("echo " + i)).toList();
    List<Job> alone = List.of(shell("echo alone"), shell("echo by itself"));
    assertThat(executor.submitAll(jobs)).isEmpty();
    alone.forEach(executor::submit);
    List<Job> all = new ArrayList<>(jobs);
    all.addAll(alone);
    assertThat(Jobs.waitForAll(all, PATIENCE)).isTrue();
    assertThat(stdout(jobs.get(number - 3))).isEqualTo(number - 3 + "\n");
    await()
        .atMost(PATIENCE)
        .until(() -> leftovers().stream().mapToInt(Leftover::getJobCount).sum() == number);
    Path mine = Files.writeString(jobDirectories().get(0).resolve("mine"), "mine");

    for (Leftover leftover : leftovers()) {
      leftover.remove();
    }

    assertThat(jobDirectories()).containsExactly(mine.getParent());
    assertThat(mine.getParent()).isDirectoryContaining("glob:**/mine");
    Files.delete(mine);
    assertThat(mine.getParent()).isEmptyDirectory();
    assertThat(folder.resolve("work/slurm/by-native-id")).isEmptyDirectory();
  }

  /** Ends with the test, too. */
  private static String waitingFor(Path file) {
    return "while [ -d " + file.getParent() + " ] && [ ! -e " + file + " ]; do sleep 0.02; done";
  }

  @Test
  void runningJobIsReadAndNotFreed() throws Exception {
    Path go = folder.resolve("go");
    Job job = shell("echo first; " + waitingFor(go) + "; echo second");
    executor.submit(job);
    await().atMost(PATIENCE).until(() -> stdout(job).equals("first\n"));
    assertThat(leftovers()).isEmpty();
    assertThatThrownBy(() -> files().free(job)).isInstanceOf(InvalidStateException.class);
    try (JobExecutor other = another(JobArrays.NEVER)) {
      Job attached = new Job();
      other.attach(attached, Objects.requireNonNull(job.getNativeId()));
      JobFiles otherFiles = other.capability(JobFiles.class).orElseThrow();
      assertThat(otherFiles.size(attached, OutputFile.STDOUT)).isEqualTo(6);
      Files.createFile(go);
      assertThat(attached.waitFor(PATIENCE)).isNotNull();
      assertThat(otherFiles.peek(attached, OutputFile.STDOUT, 6, 100))
          .asString(UTF_8)
          .isEqualTo("second\n");
      assertThat(job.waitFor(PATIENCE)).isNotNull();
      otherFiles.free(attached);
    }
    files().free(job);
    assertThat(jobDirectories()).isEmpty();
  }

  @Test
  void canceledJobOfAProcessThatIsGoneIsALeftoverOnceItHasLeftTheQueue() throws Exception {
    Job job = new Job(held());
    executor.submit(job);
    executor.close();
    executor = another(JobArrays.NEVER);
    assertThat(leftovers()).isEmpty();
    Job attached = new Job();
    executor.attach(attached, Objects.requireNonNull(job.getNativeId()));
    attached.cancel();
    await().atMost(PATIENCE).until(() -> leftovers().size() == 1);
    leftovers().get(0).remove();
    assertThat(jobDirectories()).isEmpty();
  }

  private static JobSpec held() {
    return JobSpec.builder("/bin/true")
        .attributes(JobAttributes.builder().customAttribute("slurm.hold", null).build())
        .build();
  }

  @Test
  void arrayGoesWithTheLastOfItsTasks() throws Exception {
    List<Job> jobs = IntStream.range(0, 4).mapToObj(i -> shell("echo " + i)).toList();
    assertThat(executor.submitAll(jobs)).isEmpty();
    assertThat(Jobs.waitForAll(jobs, PATIENCE)).isTrue();

    for (Job job : jobs) {
      assertThat(jobDirectories()).hasSize(1);
      files().free(job);
    }

    assertThat(jobDirectories()).isEmpty();
    assertThat(folder.resolve("work/slurm/by-native-id")).isEmptyDirectory();
  }
}
