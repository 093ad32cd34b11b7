package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Jobs of every fate at once, the library's own and those of another user, each with its end. */
@Tag("testbed")
@Tag("attack")
final class GridEngineOutcomesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What becomes of a job. */
  private enum Fate {
    EXIT_0,
    EXIT_3,
    EXIT_99,
    EXIT_100,
    SIGNAL,
    HELD,
    OVER_TIME,
    OVER_MEMORY,
    CANCELED_RUNNING,
    DELETED_QUEUED,
    DELETED_RUNNING,
    NOT_DELETED_BY_OTHER,
    CLEARED_ERROR,
    DELETED_IN_ERROR,
    UNUSABLE_DIRECTORY
  }

  @TempDir Path folder;

  private final Map<Fate, Job> jobs = new EnumMap<>(Fate.class);
  private final Map<Job, List<JobStatus>> told = new ConcurrentHashMap<>();

  @Test
  void everyJobEndsAsItDid() throws Exception {
    Testbed.require("gridengine");
    try (JobExecutor executor = open()) {
      for (Fate fate : Fate.values()) {
        jobs.put(fate, new Job(spec(fate).build()));
      }
      assertThat(executor.submitAll(jobs.values())).isEmpty();
      meddle();
      checkEnds();
      await().atMost(PATIENCE).untilAsserted(() -> assertNoneIsLeft(executor.list()));
    }
  }

  @AfterEach
  void deleteWhatIsLeft() {
    jobs.values().stream()
        .filter(job -> job.getNativeId() != null && !job.getStatus().isFinal())
        .forEach(job -> GridEngine.control("qdel", job));
  }

  private JobExecutor open() throws IOException {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(GridEngine.withLateAccounting(folder))
            .pollingInterval(Duration.ofSeconds(2))
            .build();
    JobExecutor executor = JobExecutor.getInstance("gridengine", null, null, config);
    executor.setJobStatusCallback(
        (job, status) ->
            told.computeIfAbsent(job, first -> new CopyOnWriteArrayList<>()).add(status));
    return executor;
  }

  private JobSpec.Builder spec(Fate fate) {
    return switch (fate) {
      case EXIT_0 -> shell("exit 0");
      case EXIT_3 -> shell("exit 3");
      case EXIT_99 -> shell("exit 99");
      case EXIT_100 -> shell("exit 100");
      case SIGNAL -> shell("kill -KILL $$");
      case HELD, DELETED_QUEUED -> shell("exit 0", "gridengine.h", true);
      case OVER_TIME -> shell("sleep 600", "gridengine.l.h_rt", 2);
      case OVER_MEMORY ->
          shell(
              "for i in 1 2 3 4; do perl -e '$x = \"a\" x 60_000_000; sleep 600' & done; wait",
              "gridengine.l.h_vmem",
              "200M");
      case CANCELED_RUNNING, DELETED_RUNNING -> shell("sleep 600");
      case NOT_DELETED_BY_OTHER ->
          shell("while [ ! -e '" + folder + "/refused' ]; do sleep 0.2; done");
      case CLEARED_ERROR -> shell("exit 0", "gridengine.o", folder + "/late/out");
      case DELETED_IN_ERROR -> shell("exit 0", "gridengine.wd", "/no/such/folder");
      case UNUSABLE_DIRECTORY -> shell("exit 0").directory(Path.of("/no/such/folder"));
    };
  }

  private JobSpec.Builder shell(String script) {
    Path runs = folder.resolve("runs");
    return JobSpec.builder("/bin/sh")
        .arguments("-c", "echo $PSIJ_JOB_ID >>'" + runs + "'; " + script);
  }

  private JobSpec.Builder shell(String script, String attribute, Object value) {
    return shell(script)
        .attributes(JobAttributes.builder().customAttribute(attribute, value).build());
  }

  private void meddle() throws IOException, InterruptedException {
    GridEngine.control("qdel", awaitHeld(Fate.DELETED_QUEUED));
    GridEngine.control("qrls", awaitHeld(Fate.HELD));
    awaitActive(Fate.CANCELED_RUNNING).cancel();
    GridEngine.control("qdel", awaitActive(Fate.DELETED_RUNNING));

    String id = String.valueOf(awaitActive(Fate.NOT_DELETED_BY_OTHER).getNativeId());
    assertThat(GridEngine.runAsOther("qdel", id)).contains("privileges");
    Files.createFile(folder.resolve("refused"));

    assertThat(awaitHeld(Fate.CLEARED_ERROR).getStatus().getMessage())
        .contains("in error state")
        .contains("qmod -cj");
    Files.createDirectory(folder.resolve("late"));
    id = String.valueOf(jobs.get(Fate.CLEARED_ERROR).getNativeId());
    assertThat(GridEngine.run("qmod", "-cj", id)).contains("cleared error state");
    GridEngine.control("qdel", awaitHeld(Fate.DELETED_IN_ERROR));
  }

  private Job awaitHeld(Fate fate) {
    Job job = jobs.get(fate);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(events(job)).as("%s", fate).contains("hold"));
    return job;
  }

  private Job awaitActive(Fate fate) throws InterruptedException {
    Job job = jobs.get(fate);
    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE))
        .as("%s", fate)
        .extracting(JobStatus::getState)
        .isEqualTo(JobState.ACTIVE);
    return job;
  }

  private List<Object> events(Job job) {
    return told.getOrDefault(job, List.of()).stream()
        .map(status -> status.getMetadata().get(JobStatus.EVENT))
        .filter(event -> event != null)
        .toList();
  }

  private void checkEnds() throws Exception {
    check(Fate.EXIT_0, JobState.COMPLETED, 0, null, null);
    check(Fate.EXIT_3, JobState.FAILED, 3, FailureCause.EXIT_CODE, "exit code 3");
    check(Fate.EXIT_99, JobState.FAILED, 99, FailureCause.EXIT_CODE, "exit code 99");
    check(Fate.EXIT_100, JobState.FAILED, 100, FailureCause.EXIT_CODE, "exit code 100");
    check(Fate.SIGNAL, JobState.FAILED, 137, FailureCause.SIGNAL, "killed by SIGKILL");
    check(Fate.HELD, JobState.COMPLETED, 0, null, null);
    check(Fate.OVER_TIME, JobState.FAILED, 137, FailureCause.TIME_LIMIT, "walltime was over");
    check(Fate.OVER_MEMORY, JobState.FAILED, 137, FailureCause.OUT_OF_MEMORY, "more memory");
    check(
        Fate.CANCELED_RUNNING,
        JobState.CANCELED,
        null,
        FailureCause.CANCELED_BY_USER,
        "cancelled on request");
    check(Fate.DELETED_RUNNING, JobState.FAILED, 137, FailureCause.SIGNAL, "as by a deletion");
    check(Fate.NOT_DELETED_BY_OTHER, JobState.COMPLETED, 0, null, null);
    check(Fate.CLEARED_ERROR, JobState.COMPLETED, 0, null, null);
    check(Fate.DELETED_IN_ERROR, JobState.FAILED, null, FailureCause.REJECTED, "failed 28");
    check(Fate.DELETED_QUEUED, JobState.FAILED, null, FailureCause.LOST, "nothing tells");
    check(Fate.UNUSABLE_DIRECTORY, JobState.FAILED, null, FailureCause.EXIT_CODE, "cannot enter");
    for (Fate fate : List.of(Fate.EXIT_99, Fate.EXIT_100, Fate.CLEARED_ERROR)) {
      assertThat(runs(jobs.get(fate))).as("runs of %s", fate).isOne();
    }
    for (Fate fate : List.of(Fate.DELETED_QUEUED, Fate.DELETED_IN_ERROR)) {
      assertThat(runs(jobs.get(fate))).as("runs of %s", fate).isZero();
    }
  }

  private void assertNoneIsLeft(List<String> queue) {
    assertThat(queue).doesNotContainAnyElementsOf(nativeIds());
  }

  private List<String> nativeIds() {
    return jobs.values().stream().map(job -> String.valueOf(job.getNativeId())).toList();
  }

  private long runs(Job job) throws IOException {
    return Files.readAllLines(folder.resolve("runs")).stream().filter(job.getId()::equals).count();
  }

  private void check(
      Fate fate,
      JobState state,
      @Nullable Integer exitCode,
      @Nullable FailureCause cause,
      @Nullable String message)
      throws InterruptedException {
    JobStatus end = jobs.get(fate).waitFor(PATIENCE);
    assertThat(end).as("%s", fate).isNotNull();
    assertThat(end.getState()).as("%s %s", fate, end).isEqualTo(state);
    assertThat(end.getExitCode()).as("%s %s", fate, end).isEqualTo(exitCode);
    assertThat(end.getCause()).as("%s %s", fate, end).isEqualTo(cause);
    if (message != null) {
      assertThat(end.getMessage()).as("%s %s", fate, end).contains(message);
    }
  }
}
