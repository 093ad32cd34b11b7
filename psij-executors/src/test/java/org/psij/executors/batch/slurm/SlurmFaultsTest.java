package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;
import org.psij.executors.Soak;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Slurm works, and its commands do not: they hang, lie, and stop in the middle of a line. */
@Tag("testbed")
@Tag("attack")
final class SlurmFaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String HALF =
      "text=$(\"$real\" \"$@\"; echo x); text=${text%x};"
          + " printf %s \"${text:0:RANDOM % (${#text} + 1)}\"";

  @TempDir Path folder;
  private final Map<Job, List<JobStatus>> told = new ConcurrentHashMap<>();
  private FaultyCommands commands;
  private JobExecutor executor;

  @BeforeEach
  void open() throws IOException {
    Testbed.require("slurm");
    commands = new FaultyCommands(folder);
    executor =
        JobExecutor.getInstance(
            "slurm",
            null,
            null,
            BatchExecutorConfig.builder()
                .workDirectory(folder.resolve("work"))
                .commandFolder(commands.folder())
                .pollingInterval(Duration.ofMillis(500))
                .initialDelay(Duration.ofMillis(500))
                .graceTime(Duration.ofSeconds(1))
                .queryTimeout(Duration.ofSeconds(2))
                .submitTimeout(Duration.ofSeconds(5))
                .withoutHints()
                .build());
    executor.setJobStatusCallback(
        (job, status) ->
            told.computeIfAbsent(job, first -> new CopyOnWriteArrayList<>()).add(status));
  }

  @AfterEach
  void cancelWhatStillRuns() throws IOException {
    if (executor != null) {
      commands.mend("scancel");
      told.keySet().stream()
          .filter(job -> job.getNativeId() != null && !job.getStatus().isFinal())
          .forEach(Job::cancel);
      executor.close();
    }
  }

  private Job submitted(String shell) {
    Job job = job(shell);
    executor.submit(job);
    return job;
  }

  private static Job job(String shell) {
    return new Job(JobSpec.builder("/bin/sh").arguments("-c", shell).build());
  }

  private String awaiting(String file) {
    return "while [ -d '%s' ] && [ ! -e '%s' ]; do sleep 0.1; done; "
        .formatted(folder, folder.resolve(file));
  }

  private static void assertEnd(
      Job job, JobState state, @Nullable Integer exitCode, @Nullable FailureCause cause)
      throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("end of %s", job).isNotNull();
    assertThat(end.getState()).as("%s", end).isEqualTo(state);
    assertThat(end.getExitCode()).as("%s", end).isEqualTo(exitCode);
    assertThat(end.getCause()).as("%s", end).isEqualTo(cause);
  }

  /** What squeue prints or returns instead of a true list. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec sleep 600",
        "head -c 20000 /dev/urandom",
        HALF,
        "\"$real\" \"$@\"; exit 1",
        "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2",
        "kill -KILL $$"
      })
  void faultyStatusCommandChangesNoState(String fault) throws Exception {
    Job succeeding = submitted(awaiting("end") + "exit 0");
    Job killed = submitted(awaiting("end") + "kill -KILL $$");
    Job lasting = submitted(awaiting("go") + "exit 3");
    for (Job job : List.of(succeeding, killed, lasting)) {
      assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).as("%s", job).isNotNull();
    }
    commands.replace("squeue", FaultyCommands.NOTE, fault);
    Files.createFile(folder.resolve("end"));
    await()
        .during(Soak.lasting(Duration.ofSeconds(3), Duration.ofSeconds(40)))
        .atMost(PATIENCE)
        .until(() -> !lasting.getStatus().isFinal());
    await().atMost(PATIENCE).until(() -> commands.calls() >= 2);
    assertThat(commands.calls()).isLessThanOrEqualTo(20);
    assertEnd(succeeding, JobState.COMPLETED, 0, null); // by its script, whatever squeue does
    commands.mend("squeue");
    executor.refresh();
    assertEnd(killed, JobState.FAILED, 137, FailureCause.SIGNAL);
    Files.createFile(folder.resolve("go"));
    assertEnd(lasting, JobState.FAILED, 3, FailureCause.EXIT_CODE);
  }

  /** What sacct prints or returns where it should tell how a job ended. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 1",
        "head -c 20000 /dev/urandom",
        "exec sleep 600",
        "\"$real\" \"$@\" | sed 's/|CANCELLED by [0-9]*|/|PENDING|/; s/|20[^|]*|/|Unknown|/'"
      })
  void jobThatHasLeftWithoutAWordWaitsForTheAccounting(String fault) throws Exception {
    commands.replace("squeue", "exit 0"); // as if the job were purged at once
    commands.replace("sacct", FaultyCommands.NOTE, fault);
    Job job =
        new Job(
            JobSpec.builder("/bin/true")
                .attributes(JobAttributes.builder().customAttribute("slurm.hold", true).build())
                .build());
    executor.submit(job);
    Slurm.run("scancel", String.valueOf(job.getNativeId()));
    await().atMost(PATIENCE).until(() -> commands.calls() >= 3);
    assertThat(told.get(job)).noneMatch(JobStatus::isFinal);
    commands.mend("sacct");
    assertEnd(job, JobState.CANCELED, null, FailureCause.CANCELED_BY_USER);
  }

  /** What sbatch does after Slurm has taken the job. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'sbatch: error: Batch job submission failed: Socket timed out' >&2; exit 1",
        "kill -KILL $$",
        "exit 0",
        "sleep 600",
        "sleep 7; cat \"$folder/id\"",
        "echo 'Unable to contact slurm controller (receive failure)' >&2; exit 1"
      })
  void jobIsNotRunTwiceForALostAnswerToItsSubmission(String fault) throws Exception {
    commands.replace("sbatch", "\"$real\" \"$@\" >\"$folder/id\"", fault);
    commands.replace("squeue", "exit 1");
    Job job = job("echo ran >>'" + folder.resolve("runs") + "'; sleep 1; exit 4");
    SubmitException unknown =
        catchThrowableOfType(SubmitException.class, () -> executor.submit(job));
    if (unknown != null) { // else the script has begun, and is found by its claim
      assertThat(unknown.isOutcomeUnknown()).isTrue();
      assertThat(unknown).hasMessageContaining(job.getId());
      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
      commands.mend("sbatch");
      executor.submit(job);
    }
    commands.mend("squeue");
    assertEnd(job, JobState.FAILED, 4, FailureCause.EXIT_CODE);
    String first = Files.readString(commands.folder().resolve("id")).strip();
    await()
        .atMost(PATIENCE)
        .ignoreException(SubmitException.class) // a busy Slurm may not answer in time
        .until(() -> !executor.list().contains(first));
    assertThat(folder.resolve("runs")).hasContent("ran");
  }

  @Test
  void cancellationThatNobodyHearsIsRefusedAndForgotten() throws Exception {
    Job job = submitted(awaiting("go") + "exit 5");
    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
    commands.replace(
        "scancel", "echo 'Unable to contact slurm controller (connect failure)' >&2; exit 1");
    SubmitException refusal = catchThrowableOfType(SubmitException.class, job::cancel);
    assertThat(refusal).hasMessageContaining(job.getId()).hasMessageContaining("is not cancelled");
    assertThat(refusal.isTransient()).isTrue();
    assertThat(refusal.isOutcomeUnknown()).isFalse();
    Files.createFile(folder.resolve("go"));
    assertEnd(job, JobState.FAILED, 5, FailureCause.EXIT_CODE);
  }

  /** It waits, so that the mark alone keeps it from running. */
  @Test
  void cancellationWithoutAnAnswerTakesEffectWhenTheJobStarts() throws Exception {
    Job job =
        new Job(
            JobSpec.builder("/bin/sh")
                .arguments("-c", "echo ran >'" + folder.resolve("runs") + "'")
                .attributes(JobAttributes.builder().customAttribute("slurm.hold", true).build())
                .build());
    executor.submit(job);
    commands.replace("scancel", "exec sleep 600");
    SubmitException unheard = catchThrowableOfType(SubmitException.class, job::cancel);
    assertThat(unheard.isOutcomeUnknown()).isTrue();
    assertThat(unheard).hasMessageContaining("may or may not be cancelled");
    Slurm.control("release", job);
    assertEnd(job, JobState.CANCELED, 143, FailureCause.CANCELED_BY_USER);
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
