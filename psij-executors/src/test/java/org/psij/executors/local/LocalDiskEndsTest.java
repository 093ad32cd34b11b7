package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;
import org.psij.executors.SmallDisk;

/** Local jobs whose work directory is full, read-only or removed: refused, or ended truly. */
@Tag("attack")
final class LocalDiskEndsTest extends LocalFixture {
  private Path mounted;
  private Path go;
  private SmallDisk disk;

  @BeforeEach
  void openOnASmallDisk() throws IOException {
    executor.close();
    mounted = Files.createDirectory(folder.resolve("disk"));
    go = folder.resolve("go");
    disk = SmallDisk.mount(mounted, 256);
    executor = open(config().workDirectory(mounted));
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      if (Files.notExists(go)) {
        Files.createFile(go);
      }
      executor.close();
      disk.close();
    }
  }

  private JobSpec.Builder counting(String name, String rest) {
    return shell("echo ran >>" + folder.resolve(name) + "; " + rest)
        .stdoutPath(Path.of("/dev/null"))
        .stderrPath(Path.of("/dev/null"));
  }

  private JobSpec.Builder waiting(String name, String rest) {
    return counting(name, "while [ ! -e " + go + " ]; do sleep 0.05; done; " + rest);
  }

  private void awaitRuns(String... names) {
    for (String name : names) {
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve(name)));
    }
  }

  /** A direct start needs no file but a line of the journal. */
  private void assertRefusedOrTrue(String name, JobSpec.Builder spec) throws Exception {
    Job job = new Job(spec.build());
    try {
      executor.submit(job);
    } catch (SubmitException e) {
      assertThat(e).hasMessageContaining(mounted.toString());
      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
      assertThat(folder.resolve(name)).doesNotExist();
      return;
    }
    assertThat(end(job).getExitCode()).isEqualTo(4);
    assertThat(folder.resolve(name)).hasContent("ran");
  }

  private void assertRefused(String name, JobSpec.Builder spec) {
    Job job = new Job(spec.build());
    SubmitException refusal =
        catchThrowableOfType(SubmitException.class, () -> executor.submit(job));
    assertThat(refusal).hasMessageContaining(mounted.toString());
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(folder.resolve(name)).doesNotExist();
  }

  @Test
  void fullDiskRefusesScriptedJobsAndOthersEndTruly() throws Exception {
    Job running = submit(waiting("running", "exit 3").launcher("multiple"));
    awaitRuns("running");
    disk.fill();
    assertRefused("refused", counting("refused", "true").launcher("multiple"));
    assertRefusedOrTrue("direct", counting("direct", "exit 4"));
    Files.createFile(go);
    assertThat(end(running).getExitCode()).isEqualTo(3);
    disk.free();
    assertThat(run(counting("later", "exit 5").launcher("multiple")).getExitCode()).isEqualTo(5);
  }

  @Test
  void readOnlyDiskRefusesScriptedJobsAndOthersEndTruly() throws Exception {
    Job good = submit(waiting("good", "exit 0").launcher("multiple"));
    Job bad = submit(waiting("bad", "exit 3").launcher("multiple"));
    awaitRuns("good", "bad");
    disk.makeReadOnly();
    assertRefused("refused", counting("refused", "true").launcher("multiple"));
    assertRefusedOrTrue("direct", counting("direct", "exit 4"));
    Files.createFile(go);
    assertThat(end(good).getState()).isEqualTo(JobState.COMPLETED);
    assertThat(end(bad).getExitCode()).isEqualTo(3);
    disk.makeWritable();
    assertThat(run(counting("later", "exit 5").launcher("multiple")).getExitCode()).isEqualTo(5);
  }

  @Test
  void removedDirectoryChangesNoEnd() throws Exception {
    Job good = submit(waiting("good", "exit 0").launcher("multiple"));
    Job direct = submit(waiting("direct", "exit 6"));
    awaitRuns("good", "direct");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(mounted.resolve("local"))) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.createFile(go);
    JobStatus end = end(good);
    assertThat(end.getState()).isEqualTo(JobState.COMPLETED);
    assertThat(end(direct).getExitCode()).isEqualTo(6);
  }
}
