package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StagingMode;

/** Who may attach to a job of the local executor, and what they learn of its end. */
final class LocalAttachTest extends LocalFixture {
  @Test
  void endOfAForeignProcessIsLost() throws Exception {
    Process foreign = new ProcessBuilder("/bin/sleep", "1").start();
    Job job = new Job();
    executor.attach(job, String.valueOf(foreign.pid()));

    JobStatus status = end(job);

    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.LOST);
    assertThat(status.getExitCode()).isNull();
    assertThat(status.getMessage()).contains("exit code unknown");
  }

  @Test
  void attachmentReportsUnderNoLock() throws Exception {
    Process foreign = new ProcessBuilder("/bin/sleep", "300").start();
    ProcessId process = Objects.requireNonNull(ProcessId.ofAlive(foreign.pid()));
    AtomicReference<Attachment> attachment = new AtomicReference<>();
    List<Boolean> locked = new ArrayList<>();
    attachment.set(
        new Attachment(process, status -> locked.add(Thread.holdsLock(attachment.get()))));
    assertThat(attachment.get().look()).isFalse();
    foreign.destroyForcibly().waitFor();
    assertThat(attachment.get().look()).isTrue();
    assertThat(locked).containsExactly(false, false);
  }

  @Test
  void nativeIdThatIsNoProcessIdIsRefused() {
    String own = String.valueOf(ProcessHandle.current().pid());
    assertThatThrownBy(() -> executor.attach(new Job(), own))
        .isInstanceOf(InvalidJobException.class);
    assertThatThrownBy(() -> executor.attach(new Job(), "12ab"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("12ab");
  }

  @Test
  void jobOfAnExecutorWithAnotherWorkDirectoryIsAttached() throws Exception {
    Job job = submit(shell("sleep 1; exit 6"));
    try (JobExecutor other = open(config().workDirectory(folder.resolve("elsewhere")))) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(job.getNativeId()));
      assertThat(end(attached).getExitCode()).isEqualTo(6);
    }
  }

  @Test
  void jobOutlivesItsJvmAndIsAttachedByAnother() throws Exception {
    Path pid = folder.resolve("pid");
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndExit.class.getName(),
                folder.resolve("work").toString(),
                pid.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(jvm.waitFor()).isZero();
    String nativeId = Files.readString(pid);

    assertThat(executor.list()).contains(nativeId);
    Job job = new Job();
    executor.attach(job, nativeId);
    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE))
        .extracting(JobStatus::getState)
        .isEqualTo(JobState.ACTIVE);
    job.cancel();
    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
  }

  @Test
  void attachedJobHasTheEndOfTheOriginal() throws Exception {
    Job failing =
        submit(
            shell("sleep 1")
                .stageOut(new StageOut(Path.of("absent"), folder.resolve("x").toUri())));
    Job canceled = submit(JobSpec.builder("/bin/sleep").arguments("300"));
    try (JobExecutor other = open(config())) {
      Job sameFailing = new Job();
      Job sameCanceled = new Job();
      other.attach(sameFailing, String.valueOf(failing.getNativeId()));
      other.attach(sameCanceled, String.valueOf(canceled.getNativeId()));
      canceled.cancel();
      assertThat(end(sameFailing).getCause()).isEqualTo(FailureCause.STAGING);
      assertThat(end(failing).getCause()).isEqualTo(FailureCause.STAGING);
      assertThat(end(sameCanceled).getState()).isEqualTo(JobState.CANCELED);
    }
  }

  @Test
  void attachedJobIsSeenToBecomeActive() throws Exception {
    Path pre = write("pre.sh", "");
    Job job =
        submit(
            shell("sleep 300")
                .preLaunch(pre)
                .stageIn(new StageIn(write("in", "x"), Path.of("in"), StagingMode.COPY)));
    try (JobExecutor other = open(config())) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(job.getNativeId()));
      assertThat(attached.waitFor(PATIENCE, JobState.ACTIVE))
          .extracting(JobStatus::getState)
          .isEqualTo(JobState.ACTIVE);
      attached.cancel();
      assertThat(end(attached).getState()).isEqualTo(JobState.CANCELED);
    }
  }

  @Test
  void strangerWithTheIdOfAnEndedJobIsNeitherListedNorEnded() throws Exception {
    Process stranger = new ProcessBuilder("/bin/sleep", "300").start();
    try {
      String pid = String.valueOf(stranger.pid());
      long longAgo = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
      write(
          "work/local/journal-old",
          "PLACE "
              + Place.here()
              + "\nSPEC some-job {}\nSTARTED some-job "
              + pid
              + " - "
              + longAgo
              + "\n");
      Job job = new Job();
      executor.attach(job, pid);

      job.cancel();

      assertThat(executor.list()).doesNotContain(pid);
      assertThat(end(job).getCause()).isEqualTo(FailureCause.LOST);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroy();
    }
  }
}
