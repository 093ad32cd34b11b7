package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
import org.psij.SubmitException;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/**
 * A client that dies or cannot know what became of its submission loses no job and runs none twice.
 */
@Tag("testbed")
final class SlurmRecoveryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KILLED = 137;

  @TempDir Path folder;
  private Path work;
  private Path commands;
  private Path taken;
  private Path runs;

  @BeforeEach
  void wrapCommands() throws IOException {
    Testbed.require("slurm");
    work = folder.resolve("work");
    taken = folder.resolve("taken");
    runs = folder.resolve("runs");
    commands = Files.createDirectory(folder.resolve("commands"));
    try (Stream<Path> real = Files.list(realCommands())) {
      for (Path command : real.toList()) {
        replace(command.getFileName().toString(), "exec \"$real\" \"$@\"");
      }
    }
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    if (Files.exists(taken)) {
      try (JobExecutor executor = open(realCommands())) {
        for (String id : Files.readAllLines(taken)) {
          if (executor.list().contains(id)) {
            Job job = new Job();
            executor.attach(job, id);
            job.cancel();
          }
        }
      }
    }
  }

  private static Path realCommands() {
    return Path.of(Objects.requireNonNull(System.getenv("PSIJ_SLURM_COMMAND_FOLDER")));
  }

  private void replace(String command, String... script) throws IOException {
    Path file = commands.resolve(command);
    Files.deleteIfExists(file);
    String variables =
        "real=%s/%s taken=%s folder=%s%n".formatted(realCommands(), command, taken, folder);
    Files.writeString(file, "#!/bin/bash\n" + variables + String.join("\n", script) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private JobExecutor open(Path commandFolder) {
    return JobExecutor.getInstance("slurm", null, null, config(commandFolder).build());
  }

  private BatchExecutorConfig.Builder config(Path commandFolder) {
    return BatchExecutorConfig.builder()
        .workDirectory(work)
        .commandFolder(commandFolder)
        .pollingInterval(Duration.ofSeconds(1))
        .graceTime(Duration.ofSeconds(2));
  }

  private String counting(String rest) {
    return "echo ran >>" + runs + "; " + rest;
  }

  private int submitInAnotherProcess(String shell) throws Exception {
    return SubmitAndDie.run(work, commands, folder.resolve("native_id"), shell);
  }

  private static Job recovered(JobExecutor executor) {
    List<Job> jobs = executor.recover();
    assertThat(jobs).hasSize(1);
    assertThat(Objects.requireNonNull(jobs.get(0).getSpec()).getExecutable()).isEqualTo("/bin/sh");
    return jobs.get(0);
  }

  private static JobStatus end(Job job) throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("end of %s", job).isNotNull();
    return end;
  }

  /** Only once all submissions have left the queue nothing more can run. */
  private void assertRanOnce(JobExecutor executor) throws IOException {
    List<String> submissions = Files.exists(taken) ? Files.readAllLines(taken) : List.of();
    await().atMost(PATIENCE).until(() -> executor.list().stream().noneMatch(submissions::contains));
    assertThat(runs).hasContent("ran");
  }

  private Path jobFile(Job job, String name) {
    return work.resolve("slurm").resolve(job.getId()).resolve(name);
  }

  @Test
  void clientKilledBeforeTheSchedulerTookTheJobLeavesOneToSubmitAgain() throws Exception {
    replace("sbatch", "kill -KILL $PPID");
    assertThat(submitInAnotherProcess(counting("exit 3"))).isEqualTo(KILLED);
    try (JobExecutor executor = open(realCommands())) {
      Job job = recovered(executor);
      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
      executor.submit(job);
      assertThat(end(job).getExitCode()).isEqualTo(3);
      assertRanOnce(executor);
    }
  }

  @Test
  void clientKilledBeforeItsOrphanedCommandSubmitsLeavesAJobThatRunsOnceEvenIfSubmittedAgain()
      throws Exception {
    replace(
        "sbatch",
        "kill -KILL $PPID",
        "while [ ! -e \"$folder/go\" ]; do sleep 0.1; done",
        "\"$real\" \"$@\" >\"$taken\"");
    assertThat(submitInAnotherProcess(counting("sleep 3; exit 4"))).isEqualTo(KILLED);
    try (JobExecutor executor = open(realCommands())) {
      Job job = recovered(executor);
      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
      executor.submit(job);
      Files.createFile(folder.resolve("go"));
      assertThat(end(job).getExitCode()).isEqualTo(4);
      await().atMost(PATIENCE).until(() -> Files.exists(taken) && Files.size(taken) > 0);
      assertRanOnce(executor);
    }
  }

  @Test
  void clientKilledAfterTheSchedulerTookTheJobIsFoundByItsMark() throws Exception {
    replace("sbatch", "\"$real\" \"$@\" >\"$taken\"", "kill -KILL $PPID");
    assertThat(submitInAnotherProcess(counting("sleep 5; exit 5"))).isEqualTo(KILLED);
    try (JobExecutor executor = open(realCommands())) {
      Job job = recovered(executor);
      assertThat(job.getNativeId()).isEqualTo(Files.readString(taken).strip());
      assertThat(end(job).getExitCode()).isEqualTo(5);
      assertRanOnce(executor);
    }
  }

  @Test
  void jobThatHasEndedBeforeTheRecoveryIsFoundByItsClaim() throws Exception {
    replace("sbatch", "\"$real\" \"$@\" >\"$taken\"", "kill -KILL $PPID");
    assertThat(submitInAnotherProcess(counting("exit 6"))).isEqualTo(KILLED);
    await().atMost(PATIENCE).until(() -> Files.exists(runs));
    try (JobExecutor executor = open(realCommands())) {
      await()
          .atMost(PATIENCE)
          .until(() -> !executor.list().contains(Files.readString(taken).strip()));
      Job job = recovered(executor);
      assertThat(job.getNativeId()).isEqualTo(Files.readString(taken).strip());
      assertThat(end(job).getExitCode()).isEqualTo(6);
      await().atMost(PATIENCE).until(() -> Files.exists(jobFile(job, "told")));
    }
    try (JobExecutor later = open(realCommands())) {
      assertThat(later.recover()).isEmpty();
    }
    assertThat(runs).hasContent("ran");
  }

  @Test
  void clientThatDiesAfterTheSubmissionLeavesAJobThatIsAttached() throws Exception {
    assertThat(submitInAnotherProcess(counting("sleep 4; exit 7"))).isZero();
    try (JobExecutor executor = open(realCommands())) {
      Job job = recovered(executor);
      assertThat(job.getNativeId()).isEqualTo(Files.readString(folder.resolve("native_id")));
      assertThat(executor.recover()).isEmpty();
      assertThat(end(job).getExitCode()).isEqualTo(7);
      assertThat(runs).hasContent("ran");
    }
  }

  @Test
  void jobOfAnotherProcessIsAttachedByItsNativeIdWhileItRunsAndAfterItsEnd() throws Exception {
    assertThat(submitInAnotherProcess(counting("sleep 3; exit 8"))).isZero();
    String nativeId = Files.readString(folder.resolve("native_id"));
    try (JobExecutor executor = open(realCommands())) {
      Job running = new Job();
      executor.attach(running, nativeId);
      assertThat(end(running).getExitCode()).isEqualTo(8);
      Job ended = new Job();
      executor.attach(ended, nativeId);
      assertThat(end(ended).getExitCode()).isEqualTo(8);
      assertThat(end(ended).getTime()).isEqualTo(end(running).getTime());
    }
  }

  @Test
  void submissionWithoutAnAnswerIsFoundByItsMark() throws Exception {
    replace("sbatch", "\"$real\" \"$@\" >\"$taken\"", "sleep 300");
    try (JobExecutor executor = openHasty()) {
      Job job = job(counting("sleep 8; exit 9"));
      executor.submit(job);
      assertThat(job.getNativeId()).isEqualTo(Files.readString(taken).strip());
      assertThat(end(job).getExitCode()).isEqualTo(9);
      assertRanOnce(executor);
    }
  }

  private JobExecutor openHasty() {
    return JobExecutor.getInstance(
        "slurm", null, null, config(commands).submitTimeout(Duration.ofSeconds(5)).build());
  }

  private static Job job(String shell) {
    return new Job(JobSpec.builder("/bin/sh").arguments("-c", shell).build());
  }

  /** Submits a job twice such that the scheduler has it twice, as nobody could be asked. */
  private Job submittedTwice(JobExecutor executor, String shell) throws IOException {
    Path blind = Files.createFile(folder.resolve("blind"));
    replace("squeue", "[ ! -e \"$folder/blind\" ] || exit 1", "exec \"$real\" \"$@\"");
    replace(
        "sbatch",
        "claim=$(dirname \"${@: -1}\")/claim",
        "[ ! -e \"$claim.aside\" ] || mv \"$claim.aside\" \"$claim\"",
        "\"$real\" \"$@\" | tee -a \"$taken\"",
        "[ ! -e \"$folder/second\" ] || exit 0",
        ": >\"$folder/second\"",
        // as if the job still waited in the queue
        "until mv \"$claim\" \"$claim.aside\" 2>/dev/null; do sleep 0.05; done",
        "sleep 300");
    Job job = job(shell);
    SubmitException exception =
        catchThrowableOfType(SubmitException.class, () -> executor.submit(job));
    assertThat(exception.isOutcomeUnknown()).isTrue();
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(jobFile(job, "claim.aside")).exists();
    executor.submit(job);
    Files.delete(blind);
    return job;
  }

  @Test
  void jobThatTheSchedulerHasTwiceRunsOnceAndEndsTruly() throws Exception {
    try (JobExecutor executor = openHasty()) {
      Job job = submittedTwice(executor, counting("sleep 15; exit 10"));
      assertThat(Files.readAllLines(taken)).hasSize(2);
      JobStatus end = end(job);
      assertThat(end.getState()).isEqualTo(JobState.FAILED);
      assertThat(end.getExitCode()).isEqualTo(10);
      assertRanOnce(executor);
    }
  }

  @Test
  void cancellationOfAJobThatTheSchedulerHasTwiceEndsTheOneThatRuns() throws Exception {
    try (JobExecutor executor = openHasty()) {
      Job job = submittedTwice(executor, counting("sleep 300"));
      assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
      job.cancel();
      JobStatus end = end(job);
      assertThat(end.getState()).isEqualTo(JobState.CANCELED);
      assertThat(end.getCause()).isEqualTo(FailureCause.CANCELED_BY_USER);
      assertRanOnce(executor);
    }
  }
}
