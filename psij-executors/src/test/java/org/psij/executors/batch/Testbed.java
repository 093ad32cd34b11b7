package org.psij.executors.batch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real schedulers that {@code testbed/run} starts. Where one is not there its tests are skipped
 * with that reason, but fail where {@code CI} is set.
 */
public final class Testbed {
  private static final Set<String> SKIPPED = ConcurrentHashMap.newKeySet();

  private Testbed() {}

  /**
   * Ends a test that needs a scheduler which is not there.
   *
   * @param scheduler the name of its executor
   */
  public static void require(String scheduler) {
    String running = System.getenv().getOrDefault("PSIJ_TESTBED", "");
    if (List.of(running.split(" ", -1)).contains(scheduler)) {
      return;
    }
    String reason = "no '" + scheduler + "' is running: run the tests with testbed/run";
    if (System.getenv("CI") != null) {
      Assertions.fail(reason);
    }
    if (SKIPPED.add(scheduler)) {
      System.out.println("skipped: " + reason);
    }
    Assumptions.abort(reason);
  }
}
