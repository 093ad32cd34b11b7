package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.WorkDirectory;
import org.psij.serialize.JsonJobSpecSerializer;

/** A job that ended an hour ago did not end now. Its script has told the end: nobody is asked. */
final class LateAttachTest {
  private static final String NATIVE_ID = "7";

  private final Instant end =
      Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);

  @TempDir Path folder;

  @BeforeEach
  void leaveEndedJob() throws IOException {
    String id = UUID.randomUUID().toString();
    try (WorkDirectory work = WorkDirectory.open(folder, "slurm")) {
      JobDirectory job = work.jobDirectory(id);
      Files.createDirectories(job.path());
      Files.createDirectories(work.byNativeId(NATIVE_ID).getParent());
      Files.writeString(work.byNativeId(NATIVE_ID), id + "\n");
      Files.writeString(job.owner(), UUID.randomUUID() + "\n");
      Files.writeString(
          job.spec(), new JsonJobSpecSerializer().dumps(JobSpec.builder("/bin/date").build()));
      Files.writeString(job.nativeId(), NATIVE_ID + "\n");
      Files.writeString(job.submitting(), id + "\n");
      Files.setLastModifiedTime(job.submitting(), FileTime.from(end.minus(Duration.ofMinutes(2))));
      Files.writeString(
          job.status(1),
          line(end.minusSeconds(60), "STARTED 7 n1")
              + line(end.minusSeconds(59), "ACTIVE")
              + line(end, "FAILED exit=3"));
    }
  }

  private static String line(Instant time, String words) {
    return String.format("%d.%06d %s%n", time.getEpochSecond(), time.getNano() / 1000, words);
  }

  private JobExecutor open() {
    return JobExecutor.getInstance(
        "slurm",
        null,
        null,
        BatchExecutorConfig.builder().workDirectory(folder).withoutHints().build());
  }

  @Test
  void attachedJobHasTheTimeOfItsEnd() throws InterruptedException {
    try (JobExecutor executor = open()) {
      Job job = new Job();
      executor.attach(job, NATIVE_ID);
      assertThat(job.waitFor()).extracting(JobStatus::getTime).isEqualTo(end);
    }
  }

  @Test
  void recoveredJobHasTheTimeOfItsEnd() throws InterruptedException {
    try (JobExecutor executor = open()) {
      List<Job> jobs = executor.recover();
      assertThat(jobs).hasSize(1);
      assertThat(jobs.get(0).waitFor()).extracting(JobStatus::getTime).isEqualTo(end);
    }
  }
}
