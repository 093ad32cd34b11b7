package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import org.psij.executors.Soak;
import org.psij.executors.batch.BatchExecutorConfig;

/** The daemons of a real Slurm go away, and come back: no job changes its state for it. */
@Tag("testbed")
@Tag("attack")
@Tag("outage")
final class SlurmOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Map<Job, List<JobStatus>> told = new ConcurrentHashMap<>();
  private JobExecutor executor;

  @BeforeEach
  void requireDaemons() {
    SlurmDaemon.require();
  }

  @AfterEach
  void heal() {
    if (executor != null) {
      executor.close();
      SlurmDaemon.heal();
    }
  }

  private BatchExecutorConfig.Builder config() {
    return BatchExecutorConfig.builder()
        .workDirectory(folder.resolve("work"))
        .pollingInterval(Duration.ofSeconds(1))
        .graceTime(Duration.ofSeconds(2))
        .warningThreshold(1);
  }

  private void open(BatchExecutorConfig.Builder config) {
    executor = JobExecutor.getInstance("slurm", null, null, config.build());
    executor.setJobStatusCallback(
        (job, status) ->
            told.computeIfAbsent(job, first -> new CopyOnWriteArrayList<>()).add(status));
  }

  private Job submitted(String shell) {
    return submitted(shell, Map.of());
  }

  private Job submitted(String shell, Map<String, Object> directives) {
    Job job = job(shell, directives);
    executor.submit(job);
    return job;
  }

  private Job job(String shell, Map<String, Object> directives) {
    JobAttributes.Builder attributes = JobAttributes.builder();
    directives.forEach((key, value) -> attributes.customAttribute("slurm." + key, value));
    return new Job(
        JobSpec.builder("/bin/sh").arguments("-c", shell).attributes(attributes.build()).build());
  }

  private String awaiting(String file) {
    return "while [ -d '%s' ] && [ ! -e '%s' ]; do sleep 0.1; done; "
        .formatted(folder, folder.resolve(file));
  }

  private void allow(String file) throws IOException {
    Files.createFile(folder.resolve(file));
  }

  private static void awaitActive(Job... jobs) throws InterruptedException {
    for (Job job : jobs) {
      assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).as("%s", job).isNotNull();
    }
  }

  private static JobStatus assertEnd(
      Job job, JobState state, @Nullable Integer exitCode, @Nullable FailureCause cause)
      throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("end of %s", job).isNotNull();
    assertThat(end.getState()).as("%s", end).isEqualTo(state);
    assertThat(end.getExitCode()).as("%s", end).isEqualTo(exitCode);
    assertThat(end.getCause()).as("%s", end).isEqualTo(cause);
    return end;
  }

  private void assertNoEnd(Job... jobs) {
    for (Job job : jobs) {
      assertThat(told.getOrDefault(job, List.of())).as("%s", job).noneMatch(JobStatus::isFinal);
    }
  }

  @Test
  void jobsStayWhatTheyAreWhileTheControllerIsAway() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      open(config());
      survivePause();
    } finally {
      System.setErr(stderr);
    }
    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).filteredOn(line -> line.contains("has not answered")).hasSize(1);
  }

  private void survivePause() throws Exception {
    Job waiting = submitted("exit 0", Map.of("hold", true));
    Job succeeding = submitted(awaiting("end") + "exit 0");
    Job failing = submitted(awaiting("end") + "exit 3");
    Job killed = submitted(awaiting("end") + "kill -KILL $$");
    Job lasting = submitted(awaiting("go") + "exit 4");
    Job unwanted = submitted("sleep 600");
    Job foreign = new Job();
    executor.attach(foreign, sbatch(awaiting("end") + "exit 0"));
    awaitActive(succeeding, failing, killed, lasting, unwanted, foreign);

    SlurmDaemon.CONTROLLER.stop();
    long start = System.nanoTime();
    allow("end");
    Job late = job("exit 5", Map.of());
    CompletableFuture<Void> cancellation =
        CompletableFuture.runAsync(() -> assertRefused(unwanted, "is not cancelled", this::cancel));
    assertRefused(late, "cannot take the job now", executor::submit);
    cancellation.join();
    assertThat(late.getStatus().getState()).isEqualTo(JobState.NEW);
    assertEnd(succeeding, JobState.COMPLETED, 0, null); // the script has said so
    assertEnd(failing, JobState.FAILED, 3, FailureCause.EXIT_CODE);
    Duration outage = Soak.lasting(Duration.ofSeconds(20), Duration.ofSeconds(60));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              assertNoEnd(waiting, killed, lasting, unwanted, late, foreign);
              return System.nanoTime() - start > outage.toNanos();
            });

    SlurmDaemon.CONTROLLER.start();
    executor.submit(late);
    assertEnd(late, JobState.FAILED, 5, FailureCause.EXIT_CODE);
    assertEnd(killed, JobState.FAILED, 137, FailureCause.SIGNAL);
    assertEnd(foreign, JobState.COMPLETED, 0, null);
    assertNoEnd(waiting, lasting, unwanted);
    assertThat(unwanted.getStatus().getState()).isEqualTo(JobState.ACTIVE);
    unwanted.cancel();
    Slurm.control("release", waiting);
    allow("go");
    assertEnd(unwanted, JobState.CANCELED, 143, FailureCause.CANCELED_BY_USER);
    assertEnd(lasting, JobState.FAILED, 4, FailureCause.EXIT_CODE);
    assertEnd(waiting, JobState.COMPLETED, 0, null);
  }

  private void cancel(Job job) {
    job.cancel();
    assertThat(job.getStatus().getState()).isEqualTo(JobState.ACTIVE);
  }

  private static String sbatch(String shell) {
    return Slurm.run("sbatch", "--parsable", "--output=/dev/null", "--wrap=" + shell);
  }

  private static void assertRefused(Job job, String words, Consumer<Job> request) {
    SubmitException refusal =
        catchThrowableOfType(SubmitException.class, () -> request.accept(job));
    assertThat(refusal).hasMessageContaining(job.getId()).hasMessageContaining(words);
    assertThat(refusal.isTransient()).isTrue();
    assertThat(refusal.isOutcomeUnknown()).isFalse();
  }

  /** It reads, when it goes on, what nobody waits for any more. */
  @Test
  void whatIsAskedOfAControllerThatHangsHappensOnce() throws Exception {
    open(config());
    Job unwanted = submitted("sleep 600");
    awaitActive(unwanted);
    SlurmDaemon.CONTROLLER.pause();
    Job late = job("echo ran >>'" + folder.resolve("runs") + "'; sleep 3; exit 6", Map.of());
    CompletableFuture<Boolean> submission =
        CompletableFuture.supplyAsync(() -> isSubmittedNowOrPerhaps(late));
    SubmitException unheard = catchThrowableOfType(SubmitException.class, unwanted::cancel);
    assertThat(unheard.isOutcomeUnknown()).isTrue();
    assertThat(unheard).hasMessageContaining("may or may not be cancelled");
    assertNoEnd(unwanted);

    SlurmDaemon.CONTROLLER.start();
    assertEnd(unwanted, JobState.CANCELED, 143, FailureCause.CANCELED_BY_USER);
    if (!submission.join()) {
      executor.submit(late);
    }
    assertEnd(late, JobState.FAILED, 6, FailureCause.EXIT_CODE);
    await().atMost(SOON).until(() -> executor.list().isEmpty());
    assertThat(folder.resolve("runs")).hasContent("ran");
  }

  private boolean isSubmittedNowOrPerhaps(Job job) {
    try {
      executor.submit(job);
      return true;
    } catch (SubmitException e) {
      assertThat(e.isOutcomeUnknown()).isTrue();
      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
      return false;
    }
  }

  /** Slurm keeps new jobs some seconds late, and begins again with the ids that it has kept. */
  @Test
  void jobThatAKilledControllerForgetsIsNotTakenForTheNextWithItsId() throws Exception {
    open(config());
    Job forgotten = forgottenJob();
    Job next = submitted(awaiting("go") + "exit 7");
    assertThat(next.getNativeId()).isEqualTo(forgotten.getNativeId());
    awaitActive(next);
    assertEnd(forgotten, JobState.FAILED, null, FailureCause.LOST);
    assertThat(told.get(forgotten))
        .extracting(JobStatus::getState)
        .containsOnly(JobState.QUEUED, JobState.FAILED);
    allow("go");
    assertEnd(next, JobState.FAILED, 7, FailureCause.EXIT_CODE);
  }

  /** The first that is forgotten, so that the next job gets its id. */
  private Job forgottenJob() {
    for (int attempt = 0; attempt < 5; attempt++) {
      List<Job> held =
          List.of(
              submitted("exit 0", Map.of("hold", true)), submitted("exit 0", Map.of("hold", true)));
      SlurmDaemon.CONTROLLER.kill();
      SlurmDaemon.CONTROLLER.start();
      List<String> known = Slurm.run("squeue", "--noheader", "--format=%i").lines().toList();
      Optional<Job> forgotten =
          held.stream().filter(job -> !known.contains(job.getNativeId())).findFirst();
      if (forgotten.isPresent()) {
        return forgotten.get();
      }
    }
    throw new AssertionError("Slurm has forgotten no job");
  }

  @Test
  void jobsThatLeaveTheQueueUnseenWhileTheAccountingIsAwayEndTrulyWhenItIsBack() throws Exception {
    SlurmDaemon.set("MinJobAge", "2");
    open(
        config()
            .pollingInterval(Duration.ofHours(1))
            .initialDelay(PATIENCE)
            .graceTime(Duration.ofSeconds(4)) // ten times this the accounting may be late
            .withoutHints());
    Job succeeding = submitted("exit 0");
    Job unwanted = submitted("exit 0", Map.of("hold", true));
    Job scriptless = submitted("kill -KILL $(ps -o ppid= -p $PPID)");
    Job foreign = new Job();
    executor.attach(foreign, sbatch("exit 8"));
    SlurmDaemon.ACCOUNTING.kill();
    Slurm.run("scancel", String.valueOf(unwanted.getNativeId()));
    await()
        .atMost(PATIENCE)
        .until(() -> Slurm.run("squeue", "--noheader", "--states=all").isEmpty());
    await()
        .during(Duration.ofSeconds(5))
        .atMost(SOON)
        .untilAsserted(
            () -> {
              executor.refresh();
              assertNoEnd(unwanted, scriptless, foreign);
            });
    assertEnd(succeeding, JobState.COMPLETED, 0, null);

    SlurmDaemon.ACCOUNTING.start();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              executor.refresh();
              return List.of(unwanted, scriptless, foreign).stream()
                  .allMatch(job -> job.getStatus().isFinal());
            });
    JobStatus end = assertEnd(unwanted, JobState.CANCELED, null, FailureCause.CANCELED_BY_USER);
    assertThat(end.getMessage()).contains("cancelled by its owner");
    assertEnd(scriptless, JobState.FAILED, 137, FailureCause.SIGNAL);
    assertEnd(foreign, JobState.FAILED, null, FailureCause.EXIT_CODE);
  }

  @Test
  void jobsOfANodeThatFailsRunAgainOrFailForThatReason() throws Exception {
    open(config());
    String node = "n1";
    Job again =
        submitted(
            "[ \"${SLURM_RESTART_COUNT:-0}\" -gt 0 ] || exec sleep 600; exit 9",
            Map.of("nodelist", node, "requeue", true));
    Job lost = submitted("exec sleep 601", Map.of("nodelist", node, "no-requeue", true));
    awaitActive(again, lost);
    SlurmDaemon.NODE.kill();
    if (!Soak.isOn()) { // else Slurm finds it out by itself, in half a minute
      Slurm.run("scontrol", "update", "NodeName=" + node, "State=down", "Reason=test");
    }
    JobStatus end = assertEnd(lost, JobState.FAILED, null, FailureCause.NODE_FAILURE);
    assertThat(end.getMessage()).contains("ended because a node failed").contains("NODE_FAIL");
    assertNoEnd(again);
    SlurmDaemon.NODE.start();
    Slurm.startAgain(again);
    assertEnd(again, JobState.FAILED, 9, FailureCause.EXIT_CODE);
    assertThat(told.get(again))
        .extracting(status -> status.getMetadata().get(JobStatus.EVENT))
        .contains("requeue");
  }
}
