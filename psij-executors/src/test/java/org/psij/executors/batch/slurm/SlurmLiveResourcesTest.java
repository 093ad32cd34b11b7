package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import org.psij.executors.batch.Testbed;

/** The resources of a real Slurm. */
@Tag("testbed")
final class SlurmLiveResourcesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private JobExecutor executor;
  private ResourceStatus resources;

  @BeforeEach
  void open() {
    Testbed.require("slurm");
    executor =
        JobExecutor.getInstance(
            "slurm",
            null,
            null,
            JobExecutorConfig.builder().workDirectory(folder.resolve("work")).build());
    resources = executor.capability(ResourceStatus.class).orElseThrow();
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  @Test
  void freeCoresAreThoseOfSinfoBeforeDuringAndAfterALoad() throws Exception {
    assertThat(agreedWithSinfo().getTotalCores()).isEqualTo(64);

    List<Job> load = List.of(sleeping(3), sleeping(2));
    for (Job job : load) {
      executor.submit(job);
    }
    for (Job job : load) {
      assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
    }
    ResourceSummary during = agreedWithSinfo();
    assertThat(during.getFreeCores()).isLessThanOrEqualTo(64 - 5);
    assertThat(during.getOwnRunningJobs()).isGreaterThanOrEqualTo(2);

    load.forEach(Job::cancel);
    for (Job job : load) {
      job.waitFor(PATIENCE);
    }
    agreedWithSinfo();
  }

  private static Job sleeping(int cores) {
    return new Job(
        JobSpec.builder("/bin/sleep")
            .arguments("300")
            .resources(ResourceSpecV1.builder().cpuCoresPerProcess(cores).build())
            .build());
  }

  /** Other tests have jobs, too: what is looked at between two equal answers of sinfo counts. */
  private ResourceSummary agreedWithSinfo() {
    ResourceSummary[] seen = new ResourceSummary[1];
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String before = idleCores();
              seen[0] = resources.look();
              assertThat(idleCores()).isEqualTo(before);
              assertThat(seen[0].getFreeCores()).hasToString(before);
            });
    return seen[0];
  }

  private static String idleCores() {
    return Slurm.run("sinfo", "--noheader", "--partition=debug", "--format=%C").split("/", -1)[1];
  }

  @Test
  void jobLargerThanAnyNodeIsRefusedWithTheLimit() {
    ResourceSummary summary = resources.look();
    JobSpec large = sleeping(17).getSpec();
    assertThatThrownBy(() -> summary.requireRunnable(large))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(
            "resources.cpu_cores_per_process: 17 cores a process, but the largest node of queue"
                + " 'debug' has 16");
    JobSpec tooLong =
        JobSpec.builder("/bin/true")
            .attributes(
                JobAttributes.builder().queueName("debug").duration(Duration.ofMinutes(61)).build())
            .build();
    assertThatThrownBy(() -> summary.requireRunnable(tooLong))
        .hasMessage(
            "attributes.duration: a walltime of 01:01:00, but queue 'debug' allows 01:00:00");
    summary.requireRunnable(sleeping(16).getSpec());
  }
}
