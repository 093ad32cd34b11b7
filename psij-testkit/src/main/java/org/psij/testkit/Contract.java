package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.Launcher;

/** An executor and a folder for each test, and what the contracts share. */
@Tag("contract")
public abstract class Contract {
  private final ExecutorUnderTest underTest;
  private final List<Job> submitted = new CopyOnWriteArrayList<>();

  /** The folder of the running test. */
  @TempDir protected Path folder;

  /** The executor of the running test. */
  protected JobExecutor executor;

  private boolean opened;

  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected Contract(ExecutorUnderTest underTest) {
    this.underTest = underTest;
  }

  /**
   * Names the features without which these tests mean nothing.
   *
   * @return the features, none unless overridden
   */
  protected Set<Feature> needed() {
    return EnumSet.noneOf(Feature.class);
  }

  @BeforeEach
  final void open(TestInfo test) {
    executor = openAnother();
    opened = true;
    Set<Feature> missing = EnumSet.noneOf(Feature.class);
    missing.addAll(needed());
    missing.removeAll(executor.getFeatures());
    if (!missing.isEmpty()) {
      String reason =
          "left out: the executor '" + executor.getName() + "' does not declare " + missing;
      System.out.println(test.getDisplayName() + " " + reason);
      Assumptions.abort(reason);
    }
  }

  @AfterEach
  final void close() throws InterruptedException {
    if (!opened) {
      return; // there is nothing to test here
    }
    executor.close();
    List<String> goingOn =
        submitted.stream()
            .filter(job -> !job.getStatus().isFinal())
            .map(job -> String.valueOf(job.getNativeId()))
            .toList();
    if (!goingOn.isEmpty()) {
      awaitGone(goingOn);
    }
  }

  /** Jobs of a closed executor still write into the folder of the test. */
  private void awaitGone(List<String> nativeIds) throws InterruptedException {
    try (JobExecutor other = openAnother()) {
      await("the end of " + nativeIds, () -> Collections.disjoint(other.list(), nativeIds));
    }
  }

  /**
   * Opens one more executor, on the same work directory.
   *
   * @return the executor, which the test closes
   */
  protected final JobExecutor openAnother() {
    return underTest.open(
        JobExecutorConfig.builder().workDirectory(folder.resolve("psij-work")).build());
  }

  /**
   * Tells which launcher the jobs use.
   *
   * @return the launcher
   */
  protected final Launcher launcher() {
    String name = underTest.launcher();
    return Launcher.getInstance(name == null ? Launcher.DEFAULT_LAUNCHER_NAME : name);
  }

  /**
   * Tells whether the system below sets a variable for every job.
   *
   * @param variable its name
   * @return true if a job without inheritance may see it
   */
  protected final boolean isVariableOfTheSystem(String variable) {
    return underTest.isVariableOfTheSystem(variable);
  }

  /**
   * Starts the specification of a job.
   *
   * @param executable the executable
   * @param arguments its arguments
   * @return a builder with the launcher, and with what every job needs
   */
  protected final JobSpec.Builder spec(String executable, String... arguments) {
    return underTest.prepare(
        JobSpec.builder(executable).arguments(arguments).launcher(underTest.launcher()));
  }

  /**
   * Starts the specification of a job that runs a piece of shell.
   *
   * @param script the text
   * @return a builder with the launcher, and with what every job needs
   */
  protected final JobSpec.Builder shell(String script) {
    return spec("/bin/sh", "-c", script);
  }

  /**
   * Submits a job.
   *
   * @param spec what to run
   * @return the job
   */
  protected final Job submit(JobSpec.Builder spec) {
    Job job = new Job(spec.build());
    submit(job);
    return job;
  }

  /**
   * Submits a job.
   *
   * @param job the job
   */
  protected final void submit(Job job) {
    submitted.add(job);
    executor.submit(job);
  }

  /**
   * Waits for the end of a job, and fails the test if it does not come.
   *
   * @param job the job
   * @return its final status
   * @throws InterruptedException if the test is interrupted
   */
  protected final JobStatus end(Job job) throws InterruptedException {
    JobStatus status = job.waitFor(underTest.patience());
    assertNotNull(status, () -> job + " did not end in " + underTest.patience());
    return status;
  }

  /**
   * Waits for a job to run, and fails the test if it does not come to that.
   *
   * @param job the job
   * @throws InterruptedException if the test is interrupted
   */
  protected final void awaitActive(Job job) throws InterruptedException {
    JobStatus status = job.waitFor(underTest.patience(), JobState.ACTIVE);
    assertNotNull(status, () -> job + " did not start in " + underTest.patience());
    assertEquals(JobState.ACTIVE, status.getState(), status::toString);
  }

  /**
   * Waits for the end of a job that must complete.
   *
   * @param job the job
   * @throws InterruptedException if the test is interrupted
   */
  protected final void assertCompletes(Job job) throws InterruptedException {
    JobStatus status = end(job);
    assertEquals(JobState.COMPLETED, status.getState(), status::toString);
    assertEquals(0, status.getExitCode(), status::toString);
  }

  /**
   * Reads what a job wrote.
   *
   * @param name a file of the test's folder
   * @return its content
   */
  protected final String read(String name) {
    try {
      return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name + " cannot be read", e);
    }
  }

  /**
   * Writes a file for a job.
   *
   * @param name a file of the test's folder, replaced if it is there
   * @param text its content
   * @return the file
   */
  protected final Path write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent() == null ? folder : file.getParent());
      return Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name + " cannot be written", e);
    }
  }

  /**
   * Keeps the states that a job goes through.
   *
   * @param job a job that is not yet submitted
   * @return a list that grows
   */
  protected static List<JobState> statesOf(Job job) {
    List<JobState> states = new CopyOnWriteArrayList<>();
    job.setJobStatusCallback((changed, status) -> states.add(status.getState()));
    return states;
  }

  /**
   * Waits for something that callbacks bring about.
   *
   * @param what says what is waited for
   * @param condition tells whether it has come
   * @throws InterruptedException if the test is interrupted
   */
  protected final void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + underTest.patience().toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + " did not happen in " + underTest.patience());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /**
   * Tells how long tests wait.
   *
   * @return the time
   */
  protected final Duration patience() {
    return underTest.patience();
  }
}
