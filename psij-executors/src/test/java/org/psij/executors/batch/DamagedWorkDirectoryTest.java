package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.work.Damage;
import org.psij.executors.work.JobDirectory;
import org.psij.serialize.JsonJobSpecSerializer;

/** A file that somebody has damaged spoils the job that it belongs to, and nothing else. */
@Timeout(60)
final class DamagedWorkDirectoryTest {
  private static final JobSpec SPEC = JobSpec.builder("/bin/echo").build();
  private static final List<String> FILES =
      List.of("owner", "spec.json", "native_id", "claim", "status.1", "status.999999", "cancel");

  @TempDir Path folder;
  private JobExecutor executor;
  private Path root;

  @BeforeEach
  void open() {
    executor = another();
    root = folder.resolve("slurm");
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private JobExecutor another() {
    return JobExecutor.getInstance(
        "slurm",
        null,
        null,
        BatchExecutorConfig.builder()
            .workDirectory(folder)
            .commandFolder(folder.resolve("no-commands"))
            .withoutHints()
            .build());
  }

  /** A job of a process that is gone, which has failed with exit code 7. */
  private JobDirectory ended(String nativeId) throws IOException {
    JobDirectory directory = new JobDirectory(root.resolve(UUID.randomUUID().toString()));
    Files.createDirectory(directory.path());
    Files.writeString(directory.script(), "#!/bin/bash\n");
    Files.writeString(directory.spec(), new JsonJobSpecSerializer().dumps(SPEC));
    Files.writeString(directory.submitting(), directory.path().getFileName() + "\n");
    Files.writeString(directory.nativeId(), nativeId + "\n");
    Files.writeString(directory.claim(), nativeId + "\n");
    Files.writeString(directory.status(1), "1.5 STARTED " + nativeId + " n\n2.5 FAILED exit=7\n");
    Files.writeString(directory.owner(), UUID.randomUUID() + "\n");
    return directory;
  }

  private static String idOf(JobDirectory directory) {
    return directory.path().getFileName().toString();
  }

  @ParameterizedTest
  @EnumSource
  void soundJobsAreRecoveredBesideDamagedOnes(Damage damage) throws Exception {
    for (String file : FILES) {
      JobDirectory damaged = ended("1001");
      damage.to(damaged.path().resolve(file));
    }
    damage.to(root.resolve(UUID.randomUUID().toString()));
    damage.to(root.resolve("owners").resolve(UUID.randomUUID().toString()));
    JobDirectory sound = ended("1002");

    List<Job> jobs = executor.recover();

    Job found =
        jobs.stream().filter(job -> job.getId().equals(idOf(sound))).findFirst().orElseThrow();
    assertThat(found.waitFor().getExitCode()).isEqualTo(7);
    assertThat(jobs).filteredOn(job -> job.getStatus().getState() == JobState.COMPLETED).isEmpty();
    assertThat(jobs)
        .extracting(Job::getNativeId)
        .allMatch(id -> id == null || id.equals("1001") || id.equals("1002"));
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesDoNotKeepAnExecutorFromOpening(Damage damage) throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
    for (String file : FILES) {
      JobDirectory damaged = ended("1001");
      Files.setLastModifiedTime(damaged.status(1), longAgo);
      damage.to(damaged.path().resolve(file));
    }
    JobDirectory old = ended("1002");
    Files.setLastModifiedTime(old.status(1), longAgo);
    Path other = Files.writeString(root.resolve("by-native-id").resolve("1003"), "x");

    Files.delete(root.resolve("tidied")); // the folder is looked through once an hour
    another().close();

    assertThat(old.path()).as("what is to be removed").doesNotExist();
    assertThat(other).as("what is not").exists();
  }

  @ParameterizedTest
  @EnumSource
  void aNativeIdThatLeadsNowhereIsAttachedWithoutItsJob(Damage damage) throws Exception {
    damage.to(root.resolve("by-native-id").resolve("1234"));
    Job job = new Job();
    executor.attach(job, "1234");
    assertThat(job.getNativeId()).isEqualTo("1234");
    assertThat(job.getSpec()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--all", "-u", "all", "0", "..", ".", "a/b", "1 2", "1\n2", ""})
  void whatStandsForOtherThingsThanAJobIsNotAttached(String nativeId) {
    assertThatThrownBy(() -> executor.attach(new Job(), nativeId))
        .isInstanceOfAny(InvalidJobException.class, IllegalArgumentException.class);
  }

  @Test
  void aFolderThatIsNotAJobIsLeftAlone() throws IOException {
    JobDirectory directory = ended("1001");
    Files.move(directory.path(), root.resolve("not-a-job"));
    assertThat(executor.recover()).isEmpty();
    assertThat(root.resolve("not-a-job").resolve("owner")).exists();
  }
}
