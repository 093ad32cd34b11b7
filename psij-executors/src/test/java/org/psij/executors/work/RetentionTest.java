package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
  private static final Duration RETENTION = Duration.ofDays(1);

  @TempDir Path folder;
  private WorkDirectory work;

  @BeforeEach
  void open() {
    work = WorkDirectory.open(folder, "batch");
  }

  @AfterEach
  void close() {
    work.close();
  }

  private JobDirectory oldJob(String owner, String lastWord) throws IOException {
    JobDirectory job = work.jobDirectory(UUID.randomUUID().toString());
    Files.createDirectories(job.path());
    Files.writeString(job.script(), "");
    Files.writeString(job.submitting(), "");
    Files.writeString(job.owner(), owner + "\n");
    Files.writeString(job.status(1), "1700000000 " + lastWord + "\n");
    Files.setLastModifiedTime(
        job.status(1), FileTime.from(Instant.now().minus(RETENTION.multipliedBy(2))));
    return job;
  }

  private boolean isKept(JobDirectory job) throws IOException {
    new Retention(work, RETENTION).removeExpired();
    return Files.exists(job.path());
  }

  private static String somebodyGone() {
    return UUID.randomUUID().toString();
  }

  @Test
  void jobThatEndedLongAgoIsRemoved() throws IOException {
    assertThat(isKept(oldJob(somebodyGone(), "COMPLETED exit=0"))).isFalse();
    assertThat(isKept(oldJob(somebodyGone(), "FAILED exit=3"))).isFalse();
  }

  @Test
  void jobThatMayRunAgainIsKept() throws IOException {
    assertThat(isKept(oldJob(somebodyGone(), "FAILED exit=143 told to stop"))).isTrue();
    assertThat(isKept(oldJob(somebodyGone(), "FAILED exit=137"))).isTrue();
  }

  @Test
  void jobThatWasStoppedHasEndedOnceItHasLeftTheQueue() throws IOException {
    JobDirectory stopped = oldJob(somebodyGone(), "FAILED exit=143 told to stop");
    JobDirectory canceled = oldJob(somebodyGone(), "FAILED exit=143 told to stop");
    Files.delete(canceled.status(1));
    JobDirectory waiting = oldJob(somebodyGone(), "FAILED exit=143 told to stop");
    Files.move(waiting.status(1), waiting.owner().resolveSibling("other"));
    Files.createFile(canceled.cancelMark());
    EndedJobs files = new EndedJobs(work);
    EndedJobs queue = new EndedJobs(work, job -> true);
    Instant now = Instant.now().plusSeconds(1);
    assertThat(files.end(stopped, now)).isNull();
    assertThat(files.end(canceled, now)).isNull();
    assertThat(queue.end(stopped, now)).isNotNull();
    assertThat(queue.end(canceled, now)).isNotNull();
    assertThat(queue.end(waiting, now)).isNull();
  }

  @Test
  void jobOfALivingOwnerIsKeptUntilItsEndIsTold() throws IOException {
    JobDirectory job = oldJob(work.owner(), "COMPLETED exit=0");
    assertThat(isKept(job)).isTrue();
    Files.createFile(job.told());
    Files.setLastModifiedTime(
        job.told(), FileTime.from(Instant.now().minus(RETENTION.multipliedBy(2))));
    assertThat(isKept(job)).isFalse();
  }

  @Test
  void folderIsLookedThroughOnceAnHour() throws IOException {
    Retention retention = new Retention(work, RETENTION);
    assertThat(retention.isDue()).isTrue();
    assertThat(retention.isDue()).isFalse();
    assertThat(new Retention(work, Duration.ZERO).isDue()).isTrue();
    Path note = work.root().resolve("tidied");
    Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    assertThat(retention.isDue()).isTrue();
    Files.setLastModifiedTime(note, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    assertThat(retention.isDue()).isTrue();
    assertThat(retention.isDue()).isFalse();
  }
}
