package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;
import org.psij.executors.SmallDisk;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Jobs of a real Slurm whose work directory is full, read-only or removed for a while. */
@Tag("testbed")
@Tag("attack")
final class SlurmDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private Path mounted;
  private Path go;
  private SmallDisk disk;
  private JobExecutor executor;

  @BeforeEach
  void open() throws IOException {
    Testbed.require("slurm");
    mounted = Files.createDirectory(folder.resolve("disk"));
    go = folder.resolve("go");
    disk = SmallDisk.mount(mounted, 1024);
    executor = another();
  }

  private JobExecutor another() {
    return JobExecutor.getInstance(
        "slurm",
        null,
        null,
        BatchExecutorConfig.builder()
            .workDirectory(mounted)
            .pollingInterval(Duration.ofSeconds(1))
            .graceTime(Duration.ofSeconds(2))
            .build());
  }

  @AfterEach
  void close() throws IOException {
    if (executor != null) {
      if (Files.notExists(go)) {
        Files.createFile(go);
      }
      executor.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private JobSpec.Builder counting(String name, String rest) {
    return JobSpec.builder("/bin/sh")
        .arguments("-c", "echo ran >>" + folder.resolve(name) + "; " + rest)
        .stdoutPath(Path.of("/dev/null"))
        .stderrPath(Path.of("/dev/null"));
  }

  private Job submit(JobSpec.Builder spec) {
    Job job = new Job(spec.build());
    executor.submit(job);
    return job;
  }

  private Job waiting(String name, String rest) {
    return submit(counting(name, "while [ ! -e " + go + " ]; do sleep 0.1; done; " + rest));
  }

  private void awaitRuns(String... names) {
    for (String name : names) {
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve(name)));
    }
  }

  private void assertRanOnce(String... names) {
    for (String name : names) {
      assertThat(folder.resolve(name)).hasContent("ran");
    }
  }

  private static JobStatus end(Job job) throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("end of %s", job).isNotNull();
    return end;
  }

  private static boolean isGone(JobExecutor executor, Job job) {
    return !executor.list().contains(String.valueOf(job.getNativeId()));
  }

  private void assertRefused(Job job) {
    SubmitException refusal =
        catchThrowableOfType(SubmitException.class, () -> executor.submit(job));
    assertThat(refusal).hasMessageContaining(mounted.resolve("slurm").toString());
    assertThat(refusal.isTransient()).isTrue();
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
  }

  @Test
  void fullDiskRefusesNewJobsAndStartsNoneAndOthersEndTruly() throws Exception {
    Job running = waiting("running", "exit 3");
    Job canceled = waiting("canceled", "true");
    Job held =
        submit(
            counting("held", "true")
                .attributes(JobAttributes.builder().customAttribute("slurm.hold", true).build()));
    awaitRuns("running", "canceled");
    disk.fill();
    Slurm.control("release", held);
    Job refused = new Job(counting("refused", "true").build());
    assertRefused(refused);
    canceled.cancel();
    assertThat(end(canceled).getState()).isEqualTo(JobState.CANCELED);
    assertThat(running.getStatus().getState()).isEqualTo(JobState.ACTIVE);
    Files.createFile(go);
    assertThat(end(running).getExitCode()).isEqualTo(3);

    JobStatus neverRan = end(held);
    assertThat(neverRan.getState()).isEqualTo(JobState.FAILED);
    assertThat(neverRan.getMessage())
        .contains("exit code 73")
        .contains("returns 73 if it cannot write there")
        .contains(mounted.resolve("slurm").resolve(held.getId()).toString());
    assertThat(folder.resolve("held")).doesNotExist();

    disk.free();
    executor.submit(refused);
    assertThat(end(refused).getState()).isEqualTo(JobState.COMPLETED);
    assertRanOnce("running", "canceled", "refused");
  }

  @Test
  void readOnlyDiskLeavesTheEndToTheAccountingAndLetsJobsBeCanceled() throws Exception {
    Job good = waiting("good", "exit 0");
    Job bad = waiting("bad", "exit 5");
    Job canceled = submit(counting("canceled", "sleep 300"));
    awaitRuns("good", "bad", "canceled");
    disk.makeReadOnly();
    Job refused = new Job(counting("refused", "true").build());
    assertRefused(refused);
    canceled.cancel();
    Files.createFile(go);
    assertThat(end(canceled).getState()).isEqualTo(JobState.CANCELED);
    assertThat(end(canceled).getCause()).isEqualTo(FailureCause.CANCELED_BY_USER);
    assertThat(end(good).getState()).isEqualTo(JobState.COMPLETED);
    assertThat(end(bad).getState()).isEqualTo(JobState.FAILED);
    assertThat(end(bad).getMessage()).contains("exit code 5").contains(bad.getId());
    disk.makeWritable();
    executor.submit(refused);
    assertThat(end(refused).getState()).isEqualTo(JobState.COMPLETED);
    assertRanOnce("good", "bad", "canceled", "refused");
  }

  @Test
  void removedDirectoryLeavesTheEndToTheAccountingAndTakesNoNewJob() throws Exception {
    Job good = waiting("good", "exit 0");
    Job bad = waiting("bad", "exit 6");
    awaitRuns("good", "bad");
    remove(mounted.resolve("slurm"));
    Job refused = new Job(counting("refused", "true").build());
    assertRefused(refused);
    executor.refresh();
    assertThat(good.getStatus().isFinal()).isFalse();
    Files.createFile(go);
    assertThat(end(good).getState()).isEqualTo(JobState.COMPLETED);
    assertThat(end(bad).getMessage()).contains("exit code 6").contains(bad.getId());
    assertThat(mounted.resolve("slurm")).doesNotExist();

    executor.close();
    executor = another();
    executor.submit(refused);
    assertThat(end(refused).getState()).isEqualTo(JobState.COMPLETED);
    await().atMost(PATIENCE).until(() -> isGone(executor, good) && isGone(executor, bad));
    assertRanOnce("good", "bad", "refused");
  }

  private static void remove(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
