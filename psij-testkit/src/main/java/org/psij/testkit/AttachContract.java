package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.psij.Feature;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;

/** Following a job by its native id. */
public abstract class AttachContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected AttachContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Override
  protected Set<Feature> needed() {
    return EnumSet.of(Feature.ATTACH);
  }

  private static String nativeId(Job job) {
    return Objects.requireNonNull(job.getNativeId());
  }

  @Test
  void attachedJobEndsAsTheJobDoes() throws InterruptedException {
    Job job = submit(shell("sleep 1; exit 3"));
    awaitActive(job);
    Job attached = new Job();
    List<JobState> states = statesOf(attached);
    executor.attach(attached, nativeId(job));

    JobStatus status = end(attached);
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(3, status.getExitCode());
    assertEquals(3, end(job).getExitCode());
    assertEquals(nativeId(job), attached.getNativeId());
    await("the callback", () -> states.contains(JobState.FAILED));
    assertEquals(JobState.QUEUED, states.get(0));
  }

  @Test
  void anotherExecutorMayAttach() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "1"));
    awaitActive(job);
    try (JobExecutor other = openAnother()) {
      Job attached = new Job();
      other.attach(attached, nativeId(job));
      assertCompletes(attached);
    }
    assertCompletes(job);
  }

  @Test
  void jobThatHasEndedIsAttachedWithItsEnd() throws InterruptedException {
    Job job = submit(shell("exit 4"));
    end(job);
    try (JobExecutor other = openAnother()) {
      Job attached = new Job();
      other.attach(attached, nativeId(job));
      assertEquals(4, end(attached).getExitCode());
    }
  }

  @Test
  void attachedJobMayBeCancelled() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "60"));
    awaitActive(job);
    try (JobExecutor other = openAnother()) {
      Job attached = new Job();
      other.attach(attached, nativeId(job));
      attached.cancel();
      assertEquals(JobState.CANCELED, end(attached).getState());
    }
    end(job);
  }

  @Test
  void blankNativeIdIsRefused() {
    Job job = new Job();
    assertThrows(InvalidJobException.class, () -> executor.attach(job, " "));
    assertEquals(JobState.NEW, job.getStatus().getState());
  }
}
