package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;

/** Taking over the jobs of an executor that is gone. */
public abstract class RecoverContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected RecoverContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Override
  protected Set<Feature> needed() {
    return EnumSet.of(Feature.RECOVER);
  }

  private static Job only(List<Job> jobs) {
    assertEquals(1, jobs.size(), () -> "recovered: " + jobs);
    return jobs.get(0);
  }

  @Test
  void runningJobIsRecoveredAndEndsAsItDoes() throws InterruptedException {
    Job job = submit(shell("sleep 1; exit 3"));
    awaitActive(job);
    executor.close();
    try (JobExecutor other = openAnother()) {
      Job recovered = only(other.recover());
      assertEquals(job.getId(), recovered.getId());
      assertEquals(job.getNativeId(), recovered.getNativeId());
      assertEquals(job.getSpec(), recovered.getSpec());
      JobStatus status = end(recovered);
      assertEquals(JobState.FAILED, status.getState());
      assertEquals(3, status.getExitCode());
    }
  }

  @Test
  void jobThatEndedMeanwhileIsRecoveredWithItsEnd() throws IOException, InterruptedException {
    Path go = folder.resolve("go");
    Job job = submit(shell("while [ ! -e '" + go + "' ]; do sleep 0.1; done; exit 4"));
    awaitActive(job);
    executor.close();
    Files.createFile(go);
    try (JobExecutor watching = openAnother()) {
      await("the end of the job", () -> !watching.list().contains(job.getNativeId()));
    }
    try (JobExecutor other = openAnother()) {
      assertEquals(4, end(only(other.recover())).getExitCode());
    }
  }

  @Test
  void recoveredJobMayBeCancelled() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "60"));
    awaitActive(job);
    executor.close();
    try (JobExecutor other = openAnother()) {
      Job recovered = only(other.recover());
      recovered.cancel();
      assertEquals(JobState.CANCELED, end(recovered).getState());
    }
  }

  @Test
  void jobsOfALivingExecutorAreLeftToIt() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "1"));
    try (JobExecutor other = openAnother()) {
      assertTrue(other.recover().isEmpty());
    }
    assertCompletes(job);
  }

  @Test
  void jobWhoseEndWasToldIsNotRecovered() throws InterruptedException {
    Job job = new Job(spec("/bin/true").build());
    List<JobState> states = statesOf(job);
    submit(job);
    assertCompletes(job);
    await("the callback", () -> states.contains(JobState.COMPLETED));
    try (JobExecutor other = openAnother()) {
      executor.close();
      assertTrue(other.recover().isEmpty());
    }
  }

  @Test
  void recoveredJobIsRecoveredAgainIfItsEndIsNotTold() throws InterruptedException {
    Job job = submit(shell("sleep 2; exit 5"));
    awaitActive(job);
    executor.close();
    try (JobExecutor second = openAnother()) {
      only(second.recover());
    }
    try (JobExecutor third = openAnother()) {
      assertEquals(5, end(only(third.recover())).getExitCode());
    }
  }
}
