package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.work.Damage;

/** A journal that somebody has damaged spoils the jobs in it, and nothing else. */
@Timeout(60)
final class DamagedJournalTest extends LocalFixture {
  @ParameterizedTest
  @EnumSource
  void soundJournalsAreReadBesideDamagedOnes(Damage damage) throws Exception {
    Path root = folder.resolve("work").resolve("local");
    damage.to(root.resolve("journal-" + UUID.randomUUID()));
    Job job = submit(JobSpec.builder("/bin/sleep").arguments("300"));
    executor.close();
    try (JobExecutor another = open(config())) {
      damage.to(root.resolve("journal-x"));
      assertThat(another.recover()).extracting(Job::getId).containsExactly(job.getId());
      assertThat(another.list()).contains(String.valueOf(job.getNativeId()));
      Job attached = new Job();
      another.attach(attached, String.valueOf(job.getNativeId()));
      attached.cancel();
      assertThat(end(attached).getState()).isEqualTo(JobState.CANCELED);
    }
    assertThat(Files.isDirectory(root)).isTrue();
  }
}
