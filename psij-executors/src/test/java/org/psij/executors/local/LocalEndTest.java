package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.ResourceSpecV1;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/** How jobs of the local executor end, by themselves and on request. */
final class LocalEndTest extends LocalFixture {
  @Test
  void signalIsToldFromAnExitCode() throws Exception {
    JobStatus killed = run(shell("kill -9 $$"));
    assertThat(killed.getCause()).isEqualTo(FailureCause.SIGNAL);
    assertThat(killed.getMessage()).isEqualTo("killed by SIGKILL");
    assertThat(killed.getExitCode()).isEqualTo(137);
    JobStatus returned = run(shell("exit 137"));
    assertThat(returned.getCause()).isEqualTo(FailureCause.EXIT_CODE);
    assertThat(returned.getMessage()).isEqualTo("exit code 137");
  }

  @Test
  void exitCodeAsAfterASignalIsToldAsThatWithoutTheSpawnHelper() throws Exception {
    executor.close();
    executor = open(config().spawnHelper(false));
    JobStatus status = run(shell("kill -9 $$"));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getExitCode()).isEqualTo(137);
    assertThat(status.getCause()).isEqualTo(FailureCause.EXIT_CODE);
    assertThat(status.getMessage()).isEqualTo("exit code 137 (as after SIGKILL)");
  }

  @Test
  void cancelEndsTheWholeProcessTree() throws Exception {
    Path child = folder.resolve("child");
    Path stray = folder.resolve("stray");
    Job job =
        submit(
            shell(
                "setsid sleep 300 & echo $! >'"
                    + stray
                    + "'; sleep 300 & echo $! >'"
                    + child
                    + "'; wait"));
    String childPid = readPid(child);
    String strayPid = readPid(stray);

    job.cancel();

    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
    assertThat(isAlive(String.valueOf(job.getNativeId()))).isFalse();
    assertThat(isAlive(childPid)).isFalse();
    assertThat(isAlive(strayPid)).isFalse();
  }

  @Test
  void jobThatIgnoresTheRequestIsKilledAfterTheGraceTime() throws Exception {
    executor.close();
    executor = open(config().terminationGrace(Duration.ofMillis(200)));
    Path ready = folder.resolve("ready");
    Job job = submit(shell("trap '' TERM; echo ready >'" + ready + "'; while :; do sleep 1; done"));
    readPid(ready);

    job.cancel();

    JobStatus status = end(job);
    assertThat(status.getState()).isEqualTo(JobState.CANCELED);
    assertThat(status.getExitCode()).isEqualTo(137);
  }

  @Test
  void manyJobsAreCancelledTogether() throws Exception {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      jobs.add(submit(JobSpec.builder("/bin/sleep").arguments("300")));
    }
    jobs.forEach(Job::cancel);
    for (Job job : jobs) {
      assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
      assertThat(isAlive(String.valueOf(job.getNativeId()))).isFalse();
    }
  }

  @Test
  void jobsCancelledRightAfterTheirStartAreEnded() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<Job>> submitAndCancel =
          () -> {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
              jobs.add(submit(JobSpec.builder("/bin/sleep").arguments("300")));
              jobs.get(i).cancel();
            }
            return jobs;
          };
      for (Future<List<Job>> jobs : threads.invokeAll(Collections.nCopies(4, submitAndCancel))) {
        for (Job job : jobs.get()) {
          assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void walltimeIsEnforcedOnRequest() throws Exception {
    executor.close();
    executor = open(config().walltimeEnforced(true));
    JobStatus status =
        run(
            JobSpec.builder("/bin/sleep")
                .arguments("300")
                .attributes(JobAttributes.builder().duration(Duration.ofSeconds(1)).build()));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.TIME_LIMIT);
    assertThat(status.getMessage()).contains("walltime");
  }

  @Test
  void jobsCancelledRightBeforeCloseAreEnded() throws Exception {
    Path ready = folder.resolve("ready");
    executor.close();
    executor = open(config().terminationGrace(Duration.ofSeconds(1)));
    Job stubborn =
        submit(shell("trap '' TERM; echo ready >'" + ready + "'; while :; do sleep 1; done"));
    readPid(ready);
    Job job = submit(JobSpec.builder("/bin/sleep").arguments("300"));

    job.cancel();
    stubborn.cancel();
    executor.close();

    await().atMost(PATIENCE).until(() -> !isAlive(String.valueOf(job.getNativeId())));
    await().atMost(PATIENCE).until(() -> !isAlive(String.valueOf(stubborn.getNativeId())));
  }

  @Test
  void scriptThatExitsWithZeroCompletesNothing() throws Exception {
    Path exit = write("exit.sh", "exit 0\n");
    Path ran = folder.resolve("ran");
    JobStatus before = run(shell("echo >'" + ran + "'").preLaunch(exit));
    assertThat(before.getState()).isEqualTo(JobState.FAILED);
    assertThat(before.getMessage()).contains("pre-launch", "did not run");
    assertThat(ran).doesNotExist();
    assertThat(run(shell("exit 4").postLaunch(exit)).getExitCode()).isEqualTo(4);
    assertThat(run(shell("exit 0").postLaunch(exit)).getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void outputIsStagedOnlyWhenTheCancelledJobHasEnded() throws Exception {
    Path target = folder.resolve("target");
    Path ready = folder.resolve("ready");
    Job job =
        submit(
            shell(
                    "trap 'sleep 0.3; echo whole >out.txt; exit 9' TERM; echo part >out.txt;"
                        + " echo ready >'"
                        + ready
                        + "'; while :; do sleep 0.1; done")
                .stageOut(
                    new StageOut(
                        Path.of("out.txt"),
                        target,
                        StagingMode.COPY,
                        Set.of(StageOutFlags.ON_CANCEL))));
    readPid(ready);
    job.cancel();
    JobStatus status = end(job);
    assertThat(status.getState()).isEqualTo(JobState.CANCELED);
    assertThat(status.getExitCode()).isEqualTo(9);
    assertThat(target).hasContent("whole");
  }

  @Test
  void walltimeThatNoClockCountsIsNoObstacle() throws Exception {
    executor.close();
    executor = open(config().walltimeEnforced(true));
    Duration forever = ChronoUnit.FOREVER.getDuration();
    JobStatus status =
        run(shell("true").attributes(JobAttributes.builder().duration(forever).build()));
    assertThat(status.getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void moreProcessesThanAnyMachineHasAreRefused() {
    Job job =
        new Job(
            shell("true")
                .resources(ResourceSpecV1.builder().processCount(Integer.MAX_VALUE).build())
                .build());
    assertThatThrownBy(() -> executor.submit(job))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("resources.process_count");
  }

  @Test
  void missingLauncherIsToldAsTheCause() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("bin"));
    JobStatus status =
        run(
            JobSpec.builder("/bin/true")
                .launcher("mpirun")
                .environmentVariable("PATH", tools.toString()));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.LAUNCHER);
    assertThat(status.getMessage()).contains("mpirun was not found");
  }

  @Test
  void queueAccountAndReservationMeanNothingHere() throws Exception {
    JobAttributes attributes =
        JobAttributes.builder().queueName("q").account("a").reservationId("r").build();
    assertThat(run(shell("true").attributes(attributes)).getState()).isEqualTo(JobState.COMPLETED);
  }
}
