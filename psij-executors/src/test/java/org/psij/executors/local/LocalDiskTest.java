package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.executors.SmallDisk;

/** A work directory on a disk that is full, read-only, or gone. */
@Tag("attack")
final class LocalDiskTest {
  private static final int LARGE = 5_000;

  @TempDir Path folder;
  private Path place;
  private SmallDisk disk;
  private JobExecutor executor;

  @BeforeEach
  void mount() throws IOException {
    place = Files.createDirectory(folder.resolve("disk"));
    disk = SmallDisk.mount(place, 512);
    executor = open();
  }

  @AfterEach
  void unmount() {
    if (executor != null) {
      executor.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private JobExecutor open() {
    return LocalFixture.open(LocalExecutorConfig.builder().workDirectory(place.resolve("work")));
  }

  private Job waiting(Path go, int exitCode) {
    Job job =
        new Job(
            LocalFixture.shell("while [ ! -e '" + go + "' ]; do sleep 0.05; done; exit " + exitCode)
                .build());
    executor.submit(job);
    return job;
  }

  @Test
  void jobThatCannotBeWrittenDownIsRefusedAndRunsLater() throws Exception {
    Path runs = folder.resolve("runs");
    Files.createFile(runs);
    disk.fill();
    List<Job> refused = new ArrayList<>();
    List<Job> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Job job =
          new Job(
              LocalFixture.shell("echo $0 >>'" + runs + "'")
                  .arguments("-c", "echo " + i + " >>'" + runs + "'", "x".repeat(LARGE))
                  .build());
      try {
        executor.submit(job);
        taken.add(job);
      } catch (SubmitException e) {
        assertThat(e)
            .hasMessageContaining("No space left on device")
            .hasMessageContaining(place.toString());
        assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
        refused.add(job);
      }
    }
    assertThat(refused).isNotEmpty();
    for (Job job : taken) {
      assertThat(LocalFixture.end(job).getState()).isEqualTo(JobState.COMPLETED);
    }
    assertThat(Files.readAllLines(runs)).hasSameSizeAs(taken);

    disk.free();
    for (Job job : refused) {
      executor.submit(job);
      assertThat(LocalFixture.end(job).getState()).isEqualTo(JobState.COMPLETED);
    }
    assertThat(Files.readAllLines(runs)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void endOnAFullDiskIsToldAndWrittenDownLater() throws Exception {
    Path go = folder.resolve("go");
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      jobs.add(waiting(go, 4));
    }
    disk.fill();
    Files.createFile(go);
    for (Job job : jobs) {
      assertThat(LocalFixture.end(job).getExitCode()).isEqualTo(4);
    }
    disk.free();
    try (JobExecutor other = open()) {
      for (Job job : jobs) {
        Job attached = new Job();
        other.attach(attached, String.valueOf(job.getNativeId()));
        assertThat(LocalFixture.end(attached).getExitCode()).isEqualTo(4);
      }
    }
  }

  @Test
  void endOnAFullDiskWithNobodyListeningIsRecoveredLater() throws Exception {
    Path go = folder.resolve("go");
    for (int i = 0; i < 100; i++) {
      waiting(go, 4);
    }
    executor.close();
    disk.fill();
    Files.createFile(go);
    await("the ends that still fit").atMost(LocalFixture.PATIENCE).until(() -> ends() > 0);
    disk.free();
    executor = open();
    List<Job> recovered = executor.recover();
    assertThat(recovered).hasSize(100);
    for (Job job : recovered) {
      assertThat(LocalFixture.end(job).getExitCode()).isEqualTo(4);
    }
  }

  private long ends() throws IOException {
    try (Stream<Path> files = Files.list(place.resolve("work/local"))) {
      long ends = 0;
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith("journal")).toList()) {
        ends += Files.readAllLines(file).stream().filter(line -> line.startsWith("ENDED")).count();
      }
      return ends;
    }
  }

  @Test
  void diskWithoutRoomForAnExecutorIsNamed() throws Exception {
    disk.fill();
    assertThatThrownBy(this::open)
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(place.toString())
        .hasMessageContaining("No space left on device");
  }

  @Test
  void readOnlyDiskIsNamed() {
    disk.makeReadOnly();
    assertThatThrownBy(this::open)
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(place.toString())
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void jobsOfARemovedWorkDirectoryEndAsTheyDo() throws Exception {
    Path go = folder.resolve("go");
    Job direct = waiting(go, 4);
    Job scripted =
        new Job(
            JobSpec.builder("/bin/sh")
                .arguments("-c", "while [ ! -e '" + go + "' ]; do sleep 0.05; done; exit 5")
                .launcher("multiple")
                .build());
    executor.submit(scripted);
    await()
        .atMost(LocalFixture.PATIENCE)
        .until(() -> scripted.getStatus().getState() == JobState.ACTIVE);
    assertThat(new ProcessBuilder("rm", "-r", place.resolve("work").toString()).start().waitFor())
        .isZero();
    Files.createFile(go);

    assertThat(LocalFixture.end(direct).getExitCode()).isEqualTo(4);
    assertThat(LocalFixture.end(scripted).getExitCode()).isEqualTo(5);
    assertThatThrownBy(() -> waiting(go, 0))
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining("journal-");
  }
}
