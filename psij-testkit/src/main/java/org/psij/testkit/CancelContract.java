package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.FailureCause;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;

/** Ending jobs before their time. */
public abstract class CancelContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected CancelContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void runningJobIsCancelled() throws InterruptedException {
    Job job = new Job(spec("/bin/sleep", "60").build());
    List<JobState> states = statesOf(job);
    executor.submit(job);
    awaitActive(job);

    job.cancel();

    JobStatus status = end(job);
    assertEquals(JobState.CANCELED, status.getState());
    assertEquals(FailureCause.CANCELED_BY_USER, status.getCause());
    await("the callback", () -> states.contains(JobState.CANCELED));
    assertEquals(
        List.of(JobState.QUEUED, JobState.STAGE_IN, JobState.ACTIVE, JobState.CANCELED),
        states.stream().filter(s -> s != JobState.STAGE_OUT && s != JobState.CLEANUP).toList());
  }

  @Test
  void jobMayBeCancelledAtOnce() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "60"));
    job.cancel();
    assertEquals(JobState.CANCELED, end(job).getState());
  }

  @Test
  void cancellingTwiceIsCancellingOnce() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "60"));
    job.cancel();
    job.cancel();
    assertEquals(JobState.CANCELED, end(job).getState());
  }

  @Test
  void jobMayBeCancelledFromACallback() throws InterruptedException {
    Job job = new Job(spec("/bin/sleep", "60").build());
    job.setJobStatusCallback(
        (changed, status) -> {
          if (status.getState() == JobState.ACTIVE) {
            changed.cancel();
          }
        });
    executor.submit(job);
    assertEquals(JobState.CANCELED, end(job).getState());
  }

  @Test
  void jobThatHasEndedStaysAsItIs() throws InterruptedException {
    Job job = submit(spec("/bin/true"));
    assertCompletes(job);
    JobStatus before = job.getStatus();

    job.cancel();

    assertEquals(before, job.getStatus());
  }

  @Test
  void newJobCannotBeCancelled() {
    Job job = new Job(spec("/bin/true").build());
    assertThrows(InvalidStateException.class, job::cancel);
    assertThrows(InvalidStateException.class, () -> executor.cancel(job));
    assertEquals(JobState.NEW, job.getStatus().getState());
  }

  @Test
  void jobOfAnotherExecutorCannotBeCancelled() throws InterruptedException {
    try (JobExecutor other = openAnother()) {
      Job job = submit(spec("/bin/sleep", "60"));
      assertThrows(InvalidStateException.class, () -> other.cancel(job));
      job.cancel();
      end(job);
    }
  }
}
