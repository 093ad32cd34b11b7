package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.QueueView;
import org.psij.QueuedJob;

/** The jobs that the local executor shows. */
final class LocalQueueTest extends LocalFixture {
  private static Map<String, QueuedJob> jobs(JobExecutor executor) {
    return executor.capability(QueueView.class).orElseThrow().snapshot().getJobs().stream()
        .collect(Collectors.toMap(QueuedJob::getNativeId, Function.identity()));
  }

  @Test
  void jobsThatRunAndThatEndedAreShownToOthers() throws Exception {
    Job running = submit(shell("exec sleep 300").name("runs\nlong"));
    Job failed = submit(shell("exit 3"));
    Job killed = submit(shell("kill -9 $$"));
    Job scripted = submit(shell("exit 4").preLaunch(write("pre.sh", "true\n")));
    Job canceled = submit(shell("exec sleep 300"));
    canceled.cancel();
    for (Job job : new Job[] {failed, killed, scripted, canceled}) {
      end(job);
    }

    try (JobExecutor other = open(config())) {
      Map<String, QueuedJob> jobs = jobs(other);
      assertThat(jobs).hasSize(5);
      QueuedJob alive = jobs.get(running.getNativeId());
      assertThat(alive.getState()).isEqualTo(JobState.ACTIVE);
      assertThat(alive.getName()).isEqualTo("runs\nlong");
      assertThat(alive.getUser()).isEqualTo(System.getProperty("user.name"));
      assertThat(alive.getNodeCount()).isEqualTo(1);
      assertThat(alive.getStartTime()).isNotNull();
      assertThat(alive.getEndTime()).isNull();
      assertThat(alive.getExitCode()).isNull();
      assertEnd(jobs.get(failed.getNativeId()), JobState.FAILED, 3);
      assertEnd(jobs.get(killed.getNativeId()), JobState.FAILED, 137);
      assertEnd(jobs.get(scripted.getNativeId()), JobState.FAILED, 4);
      assertThat(jobs.get(canceled.getNativeId()).getState()).isEqualTo(JobState.CANCELED);
      assertThat(jobs.get(failed.getNativeId()).getName()).isEqualTo("/bin/sh");
    }
    running.cancel();
    end(running);
  }

  private static void assertEnd(QueuedJob job, JobState state, int exitCode) {
    assertThat(job.getState()).as("%s", job).isEqualTo(state);
    assertThat(job.getExitCode()).as("%s", job).isEqualTo(exitCode);
    assertThat(job.getEndTime()).as("%s", job).isAfterOrEqualTo(job.getStartTime());
    assertThat(job.getReason()).as("%s", job).isNotBlank();
  }

  @Test
  void damagedJournalSpoilsNoOther() throws Exception {
    Job job = submit(shell("exit 0"));
    end(job);
    Path folderOfJournals = folder.resolve("work").resolve("local");
    Files.writeString(
        folderOfJournals.resolve("journal-00000000-0000-0000-0000-000000000001"),
        "SPEC\nSTARTED x y z\n\u0000\n");
    assertThat(jobs(executor)).containsOnlyKeys(job.getNativeId());
  }

  @Test
  void closedExecutorShowsNothing() {
    QueueView view = executor.capability(QueueView.class).orElseThrow();
    executor.close();
    assertThatThrownBy(view::stream).isInstanceOf(InvalidStateException.class);
  }
}
