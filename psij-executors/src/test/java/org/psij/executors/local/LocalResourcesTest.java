package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;

/** What this machine has. */
final class LocalResourcesTest extends LocalFixture {
  private ResourceSummary look() {
    return executor.capability(ResourceStatus.class).orElseThrow().look();
  }

  @Test
  void runningJobsTakeCores() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    ResourceSummary before = look();
    assertThat(before.getTotalCores()).isEqualTo(cores);
    assertThat(before.getFreeCores()).isEqualTo(cores);
    assertThat(before.getOwnRunningJobs()).isZero();
    assertThat(before.getArchitectures()).containsExactly(System.getProperty("os.arch"));

    Job job = new Job(JobSpec.builder("/bin/sleep").arguments("300").build());
    executor.submit(job);
    assertThat(look().getFreeCores()).isEqualTo(cores - 1);
    assertThat(look().getOwnRunningJobs()).isEqualTo(1);

    job.cancel();
    job.waitFor();
    assertThat(look().getFreeCores()).isEqualTo(cores);
  }

  @Test
  void noJobIsTooLarge() {
    look()
        .requireRunnable(
            JobSpec.builder("/bin/true")
                .resources(ResourceSpecV1.builder().cpuCoresPerProcess(100_000).build())
                .build());
  }
}
