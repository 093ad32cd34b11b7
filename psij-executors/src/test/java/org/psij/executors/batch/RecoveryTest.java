package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.work.JobDirectory;
import org.psij.serialize.JsonJobSpecSerializer;

/** What processes that are gone have left in the work directory, where no scheduler is needed. */
final class RecoveryTest {
  private static final JobSpec SPEC = JobSpec.builder("/bin/echo").arguments("hello").build();

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
        BatchExecutorConfig.builder().workDirectory(folder).withoutHints().build());
  }

  private JobDirectory begun(String owner) throws IOException {
    JobDirectory directory = new JobDirectory(root.resolve(UUID.randomUUID().toString()));
    Files.createDirectory(directory.path());
    Files.writeString(directory.owner(), owner + "\n");
    return directory;
  }

  private JobDirectory described(String owner) throws IOException {
    JobDirectory directory = begun(owner);
    Files.writeString(directory.spec(), new JsonJobSpecSerializer().dumps(SPEC));
    return directory;
  }

  private static String nobody() {
    return UUID.randomUUID().toString();
  }

  private static String idOf(JobDirectory directory) {
    return directory.path().getFileName().toString();
  }

  @Test
  void emptyWorkDirectoryHasNoJobs() {
    assertThat(executor.recover()).isEmpty();
  }

  @Test
  void jobThatWasNeverSubmittedIsNewAndHasItsSpec() throws IOException {
    JobDirectory directory = described(nobody());
    List<Job> jobs = executor.recover();
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).getId()).isEqualTo(idOf(directory));
    assertThat(jobs.get(0).getSpec()).isEqualTo(SPEC);
    assertThat(jobs.get(0).getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(jobs.get(0).getNativeId()).isNull();
  }

  @Test
  void jobIsRecoveredOnceByAProcessAndAgainWhenThatIsGone() throws IOException {
    described(nobody());
    assertThat(executor.recover()).hasSize(1);
    assertThat(executor.recover()).isEmpty();
    try (JobExecutor other = another()) {
      assertThat(other.recover()).isEmpty();
      executor.close();
      assertThat(other.recover()).hasSize(1);
    }
  }

  @Test
  void directoriesThatWereOnlyBegunHinderNothing() throws IOException {
    Files.createDirectory(root.resolve(UUID.randomUUID().toString()));
    begun(nobody());
    begun("");
    Files.writeString(begun(nobody()).path().resolve("spec.json." + nobody()), "{");
    JobDirectory sound = described(nobody());
    assertThat(executor.recover()).extracting(Job::getId).containsExactly(idOf(sound));
  }

  @Test
  void ownerThatCannotBeReadIsNoLongerThere() throws IOException {
    JobDirectory directory = described("../../x");
    assertThat(executor.recover()).extracting(Job::getId).containsExactly(idOf(directory));
  }

  @Test
  void specThatCannotBeReadHindersNothing() throws IOException {
    JobDirectory damaged = described(nobody());
    Files.writeString(damaged.spec(), "{");
    JobDirectory sound = described(nobody());
    assertThat(executor.recover()).extracting(Job::getId).contains(idOf(sound));
  }

  @Test
  void directoryThatCannotBeReadHindersNothing() throws IOException {
    Files.createDirectory(described(nobody()).nativeId());
    JobDirectory sound = described(nobody());
    Files.createDirectory(described(nobody()).nativeId());
    assertThat(executor.recover()).extracting(Job::getId).containsExactly(idOf(sound));
  }

  @Test
  void jobThatLeavesTheQueueWhileItIsLookedForIsNotNew() throws IOException {
    JobDirectory directory = described(nobody());
    Files.writeString(directory.submitting(), idOf(directory) + "\n");
    Path commands = Files.createDirectory(folder.resolve("commands"));
    Path squeue =
        Files.writeString(
            commands.resolve("squeue"), "#!/bin/sh\necho 1234567 >" + directory.claim() + "\n");
    Files.setPosixFilePermissions(squeue, PosixFilePermissions.fromString("rwx------"));
    try (JobExecutor asking =
        JobExecutor.getInstance(
            "slurm",
            null,
            null,
            BatchExecutorConfig.builder().workDirectory(folder).commandFolder(commands).build())) {
      assertThat(asking.recover()).extracting(Job::getNativeId).containsExactly("1234567");
    }
  }

  @Test
  void jobWhoseEndWasToldIsNotRecovered() throws IOException {
    Files.createFile(described(nobody()).told());
    assertThat(executor.recover()).isEmpty();
  }

  @Test
  void jobsOfALivingOwnerAreNotRecovered() throws IOException {
    String owner;
    try (Stream<Path> owners = Files.list(root.resolve("owners"))) {
      owner = owners.findFirst().orElseThrow().getFileName().toString();
    }
    described(owner);
    try (JobExecutor other = another()) {
      assertThat(other.recover()).isEmpty();
      assertThat(executor.recover()).isEmpty();
    }
  }

  @Test
  void jobThatEndedMeanwhileIsRecoveredWithItsEnd() throws Exception {
    JobDirectory directory = described(nobody());
    Files.writeString(directory.submitting(), idOf(directory) + "\n");
    Files.writeString(directory.claim(), "1234567\n");
    Files.writeString(directory.status(1), "1.5 STARTED 1234567 n\n2.5 FAILED exit=7\n");
    List<Job> jobs = executor.recover();
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).getNativeId()).isEqualTo("1234567");
    assertThat(directory.told()).doesNotExist();
    assertThat(jobs.get(0).waitFor().getExitCode()).isEqualTo(7);
    assertThat(jobs.get(0).waitFor().getTime()).isEqualTo(Instant.ofEpochMilli(2_500));
    assertThat(directory.told()).exists();
  }

  @Test
  void executorsThatRecoverAtOnceGetDifferentJobs() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      expected.add(idOf(described(nobody())));
    }
    try (JobExecutor other = another()) {
      CompletableFuture<List<Job>> theirs = CompletableFuture.supplyAsync(other::recover);
      List<Job> all = new ArrayList<>(executor.recover());
      all.addAll(theirs.get());
      assertThat(all).extracting(Job::getId).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
