package org.psij.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;

/** What can be tried of the chapter on batch schedulers where there is none. */
final class BatchGuideTest {
  private static final JobSpec SPEC = JobSpec.builder("/bin/true").build();

  @TempDir Path folder;

  @Test
  void scriptIsShownWithoutAScheduler() {
    try (JobExecutor executor = BatchGuide.open(folder)) {
      assertThat(BatchGuide.preview(executor, SPEC)).startsWith("#!/bin/bash\n#SBATCH ");
    }
  }

  @Test
  void resourcesAreThoseOfThisMachine() {
    try (JobExecutor executor = UserGuide.configure(folder)) {
      assertThat(BatchGuide.requireRunnable(executor, SPEC).getTotalCores()).isPositive();
    }
  }

  @Test
  void nothingIsRecoveredInANewFolder() throws InterruptedException {
    try (JobExecutor executor = BatchGuide.open(folder)) {
      assertThat(BatchGuide.recover(executor)).isEmpty();
    }
  }

  @Test
  void statesAreTold() throws InterruptedException {
    List<String> words = new CopyOnWriteArrayList<>();
    try (JobExecutor executor = UserGuide.configure(folder)) {
      Job job = new Job(SPEC);
      BatchGuide.listen(job, words);
      executor.submit(job);
      assertThat(BatchGuide.isWorthAnotherTry(job.waitFor())).isFalse();
    }
    assertThat(words).doesNotContain("NEW");
  }

  @Test
  void failureOfANodeIsWorthAnotherTry() {
    JobStatus end = JobStatus.builder(JobState.FAILED).cause(FailureCause.NODE_FAILURE).build();
    assertThat(BatchGuide.isWorthAnotherTry(end)).isTrue();
  }
}
