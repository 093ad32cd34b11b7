package org.psij.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;

/** What the contract tests need to know about an executor. */
public interface ExecutorUnderTest {
  /**
   * Opens the executor; the tests close it.
   *
   * @param config the settings that a test needs; a fresh work directory above all
   * @return a new executor
   */
  JobExecutor open(JobExecutorConfig config);

  /**
   * Names the launcher that all jobs of the tests use.
   *
   * @return the name, or null for the default one
   */
  default @Nullable String launcher() {
    return null;
  }

  /**
   * Adds what every job needs here, such as a queue or an account.
   *
   * @param spec the job of a test
   * @return the builder to use; the given one unless overridden
   */
  default JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec;
  }

  /**
   * Tells whether the system below sets a variable for every job, as schedulers do.
   *
   * @param variable its name
   * @return true if a job without inheritance may see it; false unless overridden
   */
  default boolean isVariableOfTheSystem(String variable) {
    return false;
  }

  /**
   * Tells how long a test waits for something that must happen.
   *
   * @return the time, a minute unless overridden
   */
  default Duration patience() {
    return Duration.ofMinutes(1);
  }
}
