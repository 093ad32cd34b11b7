package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EndedJobsTest {
  @TempDir Path folder;

  @Test
  void endIsAwaitedElsewhereUntilItWasToldOrNobodyIsThereToTellIt() throws IOException {
    try (WorkDirectory ours = WorkDirectory.open(folder, "batch")) {
      EndedJobs ended = new EndedJobs(ours);
      JobDirectory told;
      JobDirectory left;
      try (WorkDirectory theirs = WorkDirectory.open(folder, "batch")) {
        assertThat(ended.isAwaitedElsewhere(job(ours, ours.owner()))).isFalse();
        told = job(ours, theirs.owner());
        left = job(ours, theirs.owner());
        assertThat(ended.isAwaitedElsewhere(told)).isTrue();
        Files.createFile(told.told());
        assertThat(ended.isAwaitedElsewhere(told)).isFalse();
      }
      assertThat(ended.isAwaitedElsewhere(left)).isFalse();
    }
  }

  private static JobDirectory job(WorkDirectory work, String owner) throws IOException {
    JobDirectory job = work.jobDirectory(UUID.randomUUID().toString());
    Files.createDirectories(job.path());
    Files.writeString(job.owner(), owner + "\n");
    return job;
  }
}
