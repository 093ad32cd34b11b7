package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.psij.Feature;
import org.psij.InvalidJobException;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.StageIn;

/** What cannot be run is refused before anything starts, and the job stays as it was. */
public abstract class ExceptionContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected ExceptionContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void jobWithoutSpecIsRefused() {
    assertRefused(new Job(), "specification");
  }

  @Test
  void jobWithoutExecutableIsRefused() {
    assertRefused(new Job(JobSpec.builder().build()), "executable");
    assertRefused(new Job(JobSpec.builder("").build()), "executable");
  }

  @Test
  void argumentWithNulIsRefused() {
    assertRefused(new Job(spec("/bin/echo", "a", "b\0c").build()), "arguments[1]");
  }

  @Test
  void unknownLauncherIsRefusedByName() {
    assertRefused(new Job(spec("/bin/true").launcher("no-such").build()), "no-such");
  }

  @Test
  void locationThatCannotBeStagedIsRefused() {
    StageIn remote = new StageIn(URI.create("http://example.org/etc/passwd"), Path.of("x"));
    assertRefused(new Job(spec("/bin/true").stageIn(remote).build()), "stage_in");
  }

  private void assertRefused(Job job, String named) {
    InvalidJobException e = assertThrows(InvalidJobException.class, () -> executor.submit(job));
    assertTrue(String.valueOf(e.getMessage()).contains(named), e::toString);
    assertEquals(JobState.NEW, job.getStatus().getState());
    assertNull(job.getNativeId());
    assertNull(job.getExecutor());
    assertThrows(InvalidJobException.class, () -> executor.submit(job), "a second time");
  }

  @Test
  void jobCannotBeSubmittedTwice() throws InterruptedException {
    Job job = submit(spec("/bin/true"));
    assertThrows(InvalidStateException.class, () -> executor.submit(job));
    assertCompletes(job);
    assertThrows(InvalidStateException.class, () -> executor.submit(job));
  }

  @Test
  void submittedJobCannotBeAttached() throws InterruptedException {
    Job job = submit(spec("/bin/true"));
    Class<? extends RuntimeException> expected =
        executor.getFeatures().contains(Feature.ATTACH)
            ? InvalidStateException.class
            : InvalidJobException.class;
    assertThrows(expected, () -> executor.attach(job, "1"));
    assertCompletes(job);
  }
}
