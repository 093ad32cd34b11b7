package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.work.JobDirectory;

/** Arrays of processes that are gone, where no Slurm is needed. */
final class SlurmArrayRecoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TASKS = 5;

  @TempDir Path folder;
  private FakeSlurm slurm;
  private Path runs;

  @BeforeEach
  void create() throws IOException {
    slurm = new FakeSlurm(folder);
    runs = folder.resolve("runs");
  }

  private BatchExecutorConfig.Builder config() {
    return BatchExecutorConfig.builder()
        .workDirectory(folder.resolve("work"))
        .commandFolder(slurm.folder())
        .initialDelay(Duration.ofHours(1))
        .pollingInterval(Duration.ofHours(1));
  }

  private JobExecutor open() {
    return JobExecutor.getInstance("slurm", null, null, config().build());
  }

  private List<Job> jobs() {
    return IntStream.range(0, TASKS)
        .mapToObj(i -> "echo " + i + " >>'" + runs + "'; exit " + i)
        .map(shell -> new Job(JobSpec.builder("/bin/sh").arguments("-c", shell).build()))
        .toList();
  }

  /** Submits as a process does that ends before its jobs. */
  private List<Job> submitted() {
    try (JobExecutor executor = open()) {
      List<Job> jobs = jobs();
      executor.submitAll(jobs);
      return jobs;
    }
  }

  private JobDirectory array() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("work/slurm"))) {
      return new JobDirectory(
          files.filter(file -> Files.exists(file.resolve("job_ids"))).findFirst().orElseThrow());
    }
  }

  private static Map<String, Job> byId(List<Job> jobs) {
    return jobs.stream().collect(Collectors.toMap(Job::getId, job -> job));
  }

  private static JobStatus end(Job job) throws InterruptedException {
    return Objects.requireNonNull(job.waitFor(PATIENCE), () -> "end of " + job);
  }

  private void ended(int index, int code) throws IOException {
    JobDirectory task = array().task(index);
    Files.createDirectories(task.path());
    Files.writeString(task.claim(), "100_" + index + "\n");
    Files.writeString(
        task.status(1), "1.5 STARTED 100_" + index + " n\n2.5 FAILED exit=" + code + "\n");
  }

  @Test
  void tasksAreRecoveredWithTheirIdsSpecsAndEnds() throws Exception {
    List<Job> submitted = submitted();
    ended(1, 7);
    Files.createDirectories(array().task(2).path());
    Files.createFile(array().task(2).told());
    slurm.queue("100_[0,3-4]|PENDING|N/A|Resources|" + array().script());
    try (JobExecutor executor = open()) {
      Map<String, Job> recovered = byId(executor.recover());
      assertThat(recovered.keySet())
          .containsExactlyInAnyOrder(
              IntStream.of(0, 1, 3, 4)
                  .mapToObj(i -> submitted.get(i).getId())
                  .toArray(String[]::new));
      for (int i : new int[] {0, 1, 3, 4}) {
        Job job = Objects.requireNonNull(recovered.get(submitted.get(i).getId()));
        assertThat(job.getNativeId()).isEqualTo("100_" + i);
        assertThat(job.getSpec()).isEqualTo(submitted.get(i).getSpec());
      }
      Job ended = Objects.requireNonNull(recovered.get(submitted.get(1).getId()));
      assertThat(end(ended).getExitCode()).isEqualTo(7);
      await().atMost(PATIENCE).until(() -> Files.exists(array().task(1).told()));
      assertThat(executor.recover()).isEmpty();
    }
    try (JobExecutor next = open()) {
      assertThat(next.recover()).hasSize(3);
    }
  }

  @Test
  void tasksOfALivingOwnerAreNotRecovered() throws Exception {
    try (JobExecutor owner = open();
        JobExecutor other = open()) {
      owner.submitAll(jobs());
      assertThat(other.recover()).isEmpty();
    }
  }

  @Test
  void tasksThatNoSchedulerKnowsAreNewAndAreSubmittedInTheirPlaces() throws Exception {
    slurm.answer(false);
    submitted();
    try (JobExecutor executor = open()) {
      List<Job> recovered = executor.recover();
      assertThat(recovered).hasSize(TASKS);
      assertThat(recovered).allMatch(job -> job.getStatus().getState() == JobState.NEW);
      slurm.answer(true);
      slurm.run();
      assertThat(executor.submitAll(recovered)).isEmpty();
      for (Job job : recovered) {
        end(job);
      }
      assertThat(Files.readAllLines(runs)).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
      assertThat(array().task(3).nativeId()).content().matches("10[1-5]_3\n");
    }
  }

  @Test
  void tasksThatWereTakenWithoutAWordAreFoundByTheirMark() throws Exception {
    slurm.answer(false);
    List<Job> submitted = submitted();
    slurm.queue("100_[0-4]|PENDING|N/A|Resources|" + array().script());
    try (JobExecutor executor = open()) {
      Map<String, Job> recovered = byId(executor.recover());
      assertThat(recovered).hasSize(TASKS);
      assertThat(recovered.get(submitted.get(4).getId()).getNativeId()).isEqualTo("100_4");
    }
    assertThat(array().nativeId()).hasContent("100");
    try (JobExecutor other = open()) {
      Job attached = new Job();
      other.attach(attached, "100_2");
      attached.cancel();
      assertThat(array().task(2).cancelMark()).exists();
    }
  }

  @Test
  void taskIsAttachedByItsNativeIdAndTellsItsEnd() throws Exception {
    slurm.run();
    List<Job> jobs = jobs();
    try (JobExecutor owner = open();
        JobExecutor other = open()) {
      owner.submitAll(jobs);
      for (int i = 0; i < TASKS; i++) {
        Job attached = new Job();
        other.attach(attached, "100_" + i);
        assertThat(end(attached).getExitCode()).isEqualTo(i);
      }
    }
  }

  @Test
  void damagedTaskSpoilsNoOther() throws Exception {
    List<Job> submitted = submitted();
    ended(0, 3);
    ended(1, 4);
    Files.createDirectory(array().task(0).owner());
    try (JobExecutor executor = open()) {
      assertThat(byId(executor.recover()))
          .hasSize(TASKS - 1)
          .doesNotContainKey(submitted.get(0).getId());
    }
  }

  @Test
  void cancelledTaskIsMarkedAlthoughItHasNoFolderYet() throws Exception {
    try (JobExecutor executor = open()) {
      List<Job> jobs = jobs();
      executor.submitAll(jobs);
      jobs.get(3).cancel();
      assertThat(array().task(3).cancelMark()).exists();
      assertThat(array().task(2).path()).doesNotExist();
    }
  }

  @Test
  void filesGoOnlyWhenAllTasksHaveEndedLongAgo() throws Exception {
    submitted();
    for (int i = 0; i < TASKS; i++) {
      ended(i, i + 1);
    }
    JobDirectory array = array();
    age(array.submitting());
    for (int i = 1; i < TASKS; i++) {
      age(array.task(i).status(1));
    }
    openAnHourLater();
    assertThat(array.path()).exists();
    age(array.task(0).status(1));
    Files.writeString(array.task(2).owner(), UUID.randomUUID() + "\n");
    openAnHourLater();
    assertThat(array.path()).doesNotExist();
    assertThat(folder.resolve("work/slurm/by-native-id")).isEmptyDirectory();
  }

  /** The folder is looked through once an hour. */
  private void openAnHourLater() throws IOException {
    Files.delete(folder.resolve("work/slurm/tidied"));
    open().close();
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
  }
}
