package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Two hundred jobs of every fate at once, each with its true end. */
@Tag("testbed")
final class SlurmOutcomesTest {
  private static final Duration POLLING_INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int OF_EACH = 13;

  /** What becomes of a job. */
  private enum Fate {
    EXIT_0,
    EXIT_3,
    EXIT_137,
    SIGNAL,
    TIME_LIMIT,
    OUT_OF_MEMORY,
    CANCELED_QUEUED,
    CANCELED_RUNNING,
    CANCELED_BY_ADMINISTRATOR,
    HELD,
    SUSPENDED,
    REQUEUED,
    MISSING_EXECUTABLE,
    IMPOSSIBLE_REQUEST,
    UNKNOWN_PARTITION,
    UNKNOWN_ACCOUNT
  }

  @TempDir Path folder;

  private final Map<Fate, List<Job>> jobs = new EnumMap<>(Fate.class);
  private final Map<Job, List<JobStatus>> told = new ConcurrentHashMap<>();

  @Test
  void everyJobEndsAsItDid() throws Exception {
    Testbed.require("slurm");
    CountedCommands commands = new CountedCommands(folder);
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(commands.folder())
            .pollingInterval(POLLING_INTERVAL)
            .build();
    Instant start = Instant.now();
    try (JobExecutor executor = JobExecutor.getInstance("slurm", null, null, config)) {
      executor.setJobStatusCallback(
          (job, status) ->
              told.computeIfAbsent(job, first -> new CopyOnWriteArrayList<>()).add(status));
      Map<Job, PsijException> refused = submitAll(executor);
      meddle();
      checkEnds(refused);
    }
    report(commands, Duration.between(start, Instant.now()));
  }

  private Map<Job, PsijException> submitAll(JobExecutor executor) {
    for (Fate fate : Fate.values()) {
      List<Job> doomed = new ArrayList<>();
      for (int i = 0; i < OF_EACH; i++) {
        doomed.add(new Job(spec(fate).build()));
      }
      jobs.put(fate, doomed);
    }
    return submitAll(executor, jobs.values().stream().flatMap(List::stream).toList());
  }

  /** A scheduler that has much to do may drop a connection: then nobody knows, and asks again. */
  private static Map<Job, PsijException> submitAll(JobExecutor executor, List<Job> jobs) {
    Map<Job, PsijException> refused = new HashMap<>(executor.submitAll(jobs));
    List<Job> unknown =
        refused.keySet().stream().filter(job -> isUnknown(refused.get(job))).toList();
    if (!unknown.isEmpty()) {
      unknown.forEach(refused::remove);
      refused.putAll(submitAll(executor, unknown));
    }
    return refused;
  }

  private static boolean isUnknown(PsijException e) {
    return e instanceof SubmitException refusal && refusal.isOutcomeUnknown();
  }

  private JobSpec.Builder spec(Fate fate) {
    return switch (fate) {
      case EXIT_0 -> shell("exit 0");
      case EXIT_3 -> shell("exit 3");
      case EXIT_137 -> shell("exit 137");
      case SIGNAL -> shell("kill -KILL $$");
      case TIME_LIMIT -> shell("sleep 600").attributes(lasting(Duration.ofSeconds(1)).build());
      case OUT_OF_MEMORY ->
          shell("exec perl -e '$x = \"a\" x 200_000_000; sleep 60'")
              .resources(ResourceSpecV1.builder().memory(30L << 20).build());
      case CANCELED_QUEUED, HELD ->
          shell("exit 0").attributes(attributes().customAttribute("slurm.hold", true).build());
      case CANCELED_RUNNING, CANCELED_BY_ADMINISTRATOR -> shell("sleep 600");
      case SUSPENDED -> shell("while [ ! -e '" + folder + "/resumed' ]; do sleep 0.2; done");
      case REQUEUED ->
          shell("[ \"${SLURM_RESTART_COUNT:-0}\" -gt 0 ] || sleep 600")
              .attributes(attributes().customAttribute("slurm.requeue", true).build());
      case MISSING_EXECUTABLE ->
          JobSpec.builder("/no/such/program").attributes(attributes().build());
      case IMPOSSIBLE_REQUEST ->
          shell("exit 0").resources(ResourceSpecV1.builder().cpuCoresPerProcess(17).build());
      case UNKNOWN_PARTITION ->
          shell("exit 0").attributes(attributes().queueName("nowhere").build());
      case UNKNOWN_ACCOUNT -> shell("exit 0").attributes(attributes().account("nobody").build());
    };
  }

  private static JobSpec.Builder shell(String script) {
    return JobSpec.builder("/bin/sh").arguments("-c", script).attributes(attributes().build());
  }

  private static JobAttributes.Builder attributes() {
    return lasting(Duration.ofMinutes(30));
  }

  private static JobAttributes.Builder lasting(Duration duration) {
    return JobAttributes.builder().duration(duration);
  }

  /** What others do to the jobs while they wait or run. */
  private void meddle() throws IOException, InterruptedException {
    jobs.get(Fate.CANCELED_QUEUED).forEach(Job::cancel);
    for (Job job : jobs.get(Fate.HELD)) {
      awaitEvent(job, "hold");
    }
    jobs.get(Fate.HELD).forEach(job -> Slurm.control("release", job));
    awaitActive(Fate.CANCELED_RUNNING).forEach(Job::cancel);
    for (Job job : awaitActive(Fate.CANCELED_BY_ADMINISTRATOR)) {
      Slurm.run("scancel", String.valueOf(job.getNativeId()));
    }
    awaitActive(Fate.REQUEUED).forEach(job -> Slurm.control("requeue", job));
    jobs.get(Fate.REQUEUED).forEach(Slurm::startAgain);
    awaitActive(Fate.SUSPENDED).forEach(job -> Slurm.control("suspend", job));
    for (Job job : jobs.get(Fate.SUSPENDED)) {
      awaitEvent(job, "suspend");
    }
    Files.createFile(folder.resolve("resumed"));
    jobs.get(Fate.SUSPENDED).forEach(job -> Slurm.control("resume", job));
  }

  private List<Job> awaitActive(Fate fate) throws InterruptedException {
    for (Job job : jobs.get(fate)) {
      assertThat(job.waitFor(PATIENCE, JobState.ACTIVE))
          .as("%s %s", fate, job)
          .extracting(JobStatus::getState)
          .isEqualTo(JobState.ACTIVE);
    }
    return jobs.get(fate);
  }

  private void awaitEvent(Job job, String event) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(events(job)).as("%s", job).contains(event));
  }

  private List<Object> events(Job job) {
    return told.getOrDefault(job, List.of()).stream()
        .map(status -> status.getMetadata().get(JobStatus.EVENT))
        .filter(event -> event != null)
        .toList();
  }

  private void checkEnds(Map<Job, PsijException> refused) throws InterruptedException {
    check(Fate.EXIT_0, JobState.COMPLETED, 0, null, null);
    check(Fate.EXIT_3, JobState.FAILED, 3, FailureCause.EXIT_CODE, "exit code 3");
    check(Fate.EXIT_137, JobState.FAILED, 137, FailureCause.EXIT_CODE, "exit code 137");
    check(Fate.SIGNAL, JobState.FAILED, 137, FailureCause.SIGNAL, "killed by SIGKILL");
    check(Fate.MISSING_EXECUTABLE, JobState.FAILED, 127, FailureCause.EXIT_CODE, "not found");
    check(
        Fate.CANCELED_QUEUED,
        JobState.CANCELED,
        null,
        FailureCause.CANCELED_BY_USER,
        "cancelled on request");
    check(
        Fate.CANCELED_RUNNING,
        JobState.CANCELED,
        143,
        FailureCause.CANCELED_BY_USER,
        "cancelled on request");
    check(
        Fate.CANCELED_BY_ADMINISTRATOR,
        JobState.CANCELED,
        143,
        FailureCause.CANCELED_BY_USER, // squeue does not tell who it was
        "CANCELLED");
    check(Fate.HELD, JobState.COMPLETED, 0, null, null);
    check(Fate.SUSPENDED, JobState.COMPLETED, 0, null, null);
    check(Fate.REQUEUED, JobState.COMPLETED, 0, null, null);
    jobs.get(Fate.HELD).forEach(job -> assertThat(events(job)).contains("hold"));
    jobs.get(Fate.REQUEUED).forEach(job -> assertThat(events(job)).contains("requeue"));
    if (Slurm.limitsMemory()) {
      check(Fate.OUT_OF_MEMORY, JobState.FAILED, 137, FailureCause.OUT_OF_MEMORY, "more memory");
    } else {
      checkKilledByMemoryWatcher();
    }
    check(Fate.TIME_LIMIT, JobState.FAILED, 143, FailureCause.TIME_LIMIT, "walltime was over");
    checkRefused(refused);
  }

  private void check(
      Fate fate, JobState state, Integer exitCode, FailureCause cause, String message)
      throws InterruptedException {
    for (Job job : jobs.get(fate)) {
      JobStatus end = job.waitFor(PATIENCE);
      assertThat(end).as("%s %s", fate, job).isNotNull();
      assertThat(end.getState()).as("%s %s", fate, end).isEqualTo(state);
      assertThat(end.getExitCode()).as("%s %s", fate, end).isEqualTo(exitCode);
      assertThat(end.getCause()).as("%s %s", fate, end).isEqualTo(cause);
      if (message != null) {
        assertThat(end.getMessage()).as("%s %s", fate, end).contains(message);
      }
    }
  }

  /**
   * Without cgroups Slurm kills the processes of the job one after the other: the script may live
   * long enough to write the exit code 137, or it may not.
   */
  private void checkKilledByMemoryWatcher() throws InterruptedException {
    for (Job job : jobs.get(Fate.OUT_OF_MEMORY)) {
      JobStatus end = job.waitFor(PATIENCE);
      assertThat(end).as("%s", job).isNotNull();
      assertThat(end.getState()).as("%s", end).isEqualTo(JobState.FAILED);
      assertThat(end.getExitCode()).as("%s", end).isIn(null, 137);
      assertThat(end.getCause()).as("%s", end).isEqualTo(FailureCause.SIGNAL);
    }
  }

  private void checkRefused(Map<Job, PsijException> refused) {
    assertThat(refused).hasSize(3 * OF_EACH);
    Map<Fate, String> reasons =
        Map.of(
            Fate.IMPOSSIBLE_REQUEST, "node configuration is not available",
            Fate.UNKNOWN_PARTITION, "Invalid partition name specified",
            Fate.UNKNOWN_ACCOUNT, "Invalid account");
    reasons.forEach(
        (fate, reason) ->
            jobs.get(fate)
                .forEach(
                    job -> {
                      assertThat(refused.get(job))
                          .isInstanceOfAny(SubmitException.class, InvalidJobException.class)
                          .hasMessageContaining(reason)
                          .hasMessageContaining(job.getId());
                      assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
                    }));
  }

  /**
   * One question an interval, and early ones with ever longer gaps where something needs a reason.
   */
  private static void report(CountedCommands commands, Duration took) throws IOException {
    long intervals = took.dividedBy(POLLING_INTERVAL) + 1;
    long earlyInAnInterval = 4;
    System.out.printf(
        "%d jobs in %d s: sbatch %d, squeue %d, sacct %d, scancel %d%n",
        OF_EACH * Fate.values().length,
        took.toSeconds(),
        commands.count("sbatch"),
        commands.count("squeue"),
        commands.count("sacct"),
        commands.count("scancel"));
    assertThat(commands.count("sbatch")).as("arrays").isLessThan(2L * OF_EACH);
    assertThat(commands.count("scancel")).isEqualTo(2L * OF_EACH);
    assertThat(commands.count("squeue")).isLessThanOrEqualTo(intervals * (1 + earlyInAnInterval));
    assertThat(commands.count("sacct")).isLessThanOrEqualTo(commands.count("squeue"));
  }
}
