package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.PsijException;

/** Submitting many jobs at once. */
public abstract class SubmitAllContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected SubmitAllContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void allRunAndEachHasItsOwnEnd() throws InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      jobs.add(new Job(shell("exit " + i).build()));
    }

    assertEquals(Map.of(), executor.submitAll(jobs));

    for (int i = 0; i < jobs.size(); i++) {
      assertEquals(i, end(jobs.get(i)).getExitCode());
    }
    assertEquals(20, jobs.stream().map(Job::getNativeId).distinct().count());
  }

  @Test
  void refusedJobsAreReportedInOrderAndStayNew() throws InterruptedException {
    Job noExecutable = new Job(JobSpec.builder().build());
    Job good = new Job(spec("/bin/true").build());
    Job ended = submit(spec("/bin/true"));
    Job noLauncher = new Job(spec("/bin/true").launcher("no-such").build());

    Map<Job, PsijException> refused =
        executor.submitAll(List.of(noExecutable, good, ended, noLauncher));

    assertEquals(List.of(noExecutable, ended, noLauncher), List.copyOf(refused.keySet()));
    assertInstanceOf(InvalidJobException.class, refused.get(noExecutable));
    assertInstanceOf(InvalidStateException.class, refused.get(ended));
    assertInstanceOf(InvalidJobException.class, refused.get(noLauncher));
    assertEquals(JobState.NEW, noExecutable.getStatus().getState());
    assertEquals(JobState.NEW, noLauncher.getStatus().getState());
    assertCompletes(good);
  }

  @Test
  void nullOrRepeatedJobsAreRefusedBeforeAnythingIsSent() {
    Job job = new Job(spec("/bin/true").build());
    assertThrows(IllegalArgumentException.class, () -> executor.submitAll(List.of(job, job)));
    assertThrows(
        IllegalArgumentException.class, () -> executor.submitAll(Arrays.asList(job, null)));
    assertEquals(JobState.NEW, job.getStatus().getState());
  }

  @Test
  void noJobsAreNoProblem() {
    assertEquals(Map.of(), executor.submitAll(List.of()));
  }
}
