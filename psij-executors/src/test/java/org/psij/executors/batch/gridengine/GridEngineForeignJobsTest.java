package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** Jobs of another user, not submitted with the library, of which only Grid Engine can tell. */
@Tag("testbed")
@Tag("attack")
final class GridEngineForeignJobsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  private final Map<Job, List<Object>> events = new ConcurrentHashMap<>();
  private JobExecutor executor;

  @BeforeEach
  void open() throws IOException {
    Testbed.require("gridengine");
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(GridEngine.withLateAccounting(folder))
            .pollingInterval(Duration.ofSeconds(1))
            .build();
    executor = JobExecutor.getInstance("gridengine", null, null, config);
    executor.setJobStatusCallback(this::noteEvent);
  }

  private void noteEvent(Job job, JobStatus status) {
    Object event = status.getMetadata().get(JobStatus.EVENT);
    if (event != null) {
      events.computeIfAbsent(job, first -> new CopyOnWriteArrayList<>()).add(event);
    }
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  @Test
  void everyJobEndsAsItDid() throws Exception {
    Job succeeds = submitted("exit 0");
    Job fails = submitted("exit 3");
    Job runsAgain = submitted("sleep 2; [ \"$RESTARTED\" = 1 ] || exit 99");
    Job goesIntoError = submitted("exit 100");
    Job deleted = submitted("sleep 600");

    assertThat(deleted.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
    GridEngine.runAsOther("qdel", String.valueOf(deleted.getNativeId()));
    await().atMost(PATIENCE).until(() -> eventsOf(goesIntoError).contains("hold"));
    assertThat(goesIntoError.getStatus().getMessage()).contains("in error state");
    GridEngine.control("qdel", goesIntoError);

    assertEnd(succeeds, JobState.COMPLETED, 0, null);
    assertEnd(fails, JobState.FAILED, 3, FailureCause.EXIT_CODE);
    assertEnd(runsAgain, JobState.COMPLETED, 0, null);
    assertThat(eventsOf(runsAgain)).contains("requeue");
    assertThat(assertEnd(deleted, JobState.FAILED, 137, FailureCause.SIGNAL))
        .contains("as by a deletion");
    assertEnd(goesIntoError, JobState.FAILED, 100, FailureCause.EXIT_CODE);
  }

  @Test
  void jobThatHasEndedBeforeItWasSeenHasItsEnd() throws Exception {
    String id = GridEngine.submitAsOther("exit 5");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> GridEngine.run("qstat", "-j", id).contains("do not exist"));
    Job job = new Job();
    executor.attach(job, id);
    assertEnd(job, JobState.FAILED, 5, FailureCause.EXIT_CODE);
  }

  private Job submitted(String script) {
    Job job = new Job();
    executor.attach(job, GridEngine.submitAsOther(script));
    return job;
  }

  private List<Object> eventsOf(Job job) {
    return events.getOrDefault(job, List.of());
  }

  private static String assertEnd(
      Job job, JobState state, int exitCode, @Nullable FailureCause cause)
      throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("%s", job).isNotNull();
    assertThat(end.getState()).as("%s %s", job, end).isEqualTo(state);
    assertThat(end.getExitCode()).as("%s %s", job, end).isEqualTo(exitCode);
    assertThat(end.getCause()).as("%s %s", job, end).isEqualTo(cause);
    return String.valueOf(end.getMessage());
  }
}
