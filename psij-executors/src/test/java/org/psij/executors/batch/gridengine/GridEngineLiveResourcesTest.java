package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** The resources of a real Grid Engine. */
@Tag("testbed")
final class GridEngineLiveResourcesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern AVAILABLE =
      Pattern.compile("(?m)^all\\.q +\\S+ +\\d+ +\\d+ +(\\d+) ");

  @TempDir Path folder;
  private JobExecutor executor;
  private ResourceStatus resources;

  @BeforeEach
  void open() {
    Testbed.require("gridengine");
    executor =
        JobExecutor.getInstance(
            "gridengine",
            null,
            null,
            BatchExecutorConfig.builder()
                .workDirectory(folder.resolve("work"))
                .pollingInterval(Duration.ofSeconds(1))
                .build());
    resources = executor.capability(ResourceStatus.class).orElseThrow();
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  @Test
  void freeSlotsAreThoseOfQstatBeforeDuringAndAfterALoad() throws Exception {
    assertThat(agreedWithQstat().getTotalSlots()).isEqualTo(64);

    Job job =
        new Job(
            JobSpec.builder("/bin/sleep")
                .arguments("300")
                .resources(ResourceSpecV1.builder().processCount(3).build())
                .attributes(JobAttributes.builder().queueName("all.q").build())
                .build());
    executor.submit(job);
    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
    ResourceSummary during = agreedWithQstat();
    assertThat(during.getQueue("all.q").getFreeCores()).isLessThanOrEqualTo(32 - 3);
    assertThat(during.getOwnRunningJobs()).isPositive();

    job.cancel();
    job.waitFor(PATIENCE);
    agreedWithQstat();
  }

  /** Other tests have jobs, too: what is looked at between two equal answers of qstat counts. */
  private ResourceSummary agreedWithQstat() {
    ResourceSummary[] seen = new ResourceSummary[1];
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String before = availableSlots();
              seen[0] = resources.look();
              assertThat(availableSlots()).isEqualTo(before);
              assertThat(seen[0].getQueue("all.q").getFreeCores()).hasToString(before);
            });
    return seen[0];
  }

  private static String availableSlots() {
    Matcher line = AVAILABLE.matcher(GridEngine.run("qstat", "-g", "c"));
    assertThat(line.find()).isTrue();
    return line.group(1);
  }
}
