package org.psij.executors.batch.slurm;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.psij.executors.batch.Testbed;

/**
 * A daemon of the testbed's Slurm. A test that stops it disturbs whatever runs at the same time: it
 * has the tag {@code outage}, runs alone, and heals what it did.
 */
enum SlurmDaemon {
  CONTROLLER("controller"),
  ACCOUNTING("accounting"),
  NODE("n1");

  private static final String SCRIPT = "PSIJ_TESTBED_SLURM";

  private final String word;

  SlurmDaemon(String word) {
    this.word = word;
  }

  /** Ends a test where there is no Slurm, or none whose daemons may be stopped. */
  static void require() {
    Testbed.require("slurm");
    Assumptions.assumeTrue(
        System.getenv(SCRIPT) != null, "the daemons of this Slurm are not ours: no " + SCRIPT);
  }

  /** Ends the daemon, as its administrator does. */
  void stop() {
    run("stop", word);
  }

  /** Kills the daemon, which has no time to keep anything. */
  void kill() {
    run("kill", word);
  }

  /** Stops the daemon such that it takes connections and answers nothing. */
  void pause() {
    run("pause", word);
  }

  /** Starts the daemon, or lets it go on. */
  void start() {
    run("start", word);
  }

  /** Changes a value of the configuration. */
  static void set(String name, String value) {
    run("set", name, value);
  }

  /** Starts what is down, cancels all jobs, and waits until all is as it was. */
  static void heal() {
    run("heal");
  }

  private static void run(String... arguments) {
    Slurm.run(Path.of(Objects.requireNonNull(System.getenv(SCRIPT))), arguments);
  }
}
