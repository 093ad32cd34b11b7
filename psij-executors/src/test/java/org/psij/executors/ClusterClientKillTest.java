package org.psij.executors;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.psij.JobExecutor;
import org.psij.executors.batch.Testbed;

/** Clients of a real scheduler, whose submissions may go on when they are gone. */
@Tag("testbed")
public abstract class ClusterClientKillTest extends ClientKillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String scheduler;
  private final String submitCommand;

  protected ClusterClientKillTest(String scheduler, String submitCommand) {
    super(scheduler);
    this.scheduler = scheduler;
    this.submitCommand = submitCommand;
  }

  @Override
  protected Map<String, String> prepare(Path place) {
    Testbed.require(scheduler);
    String variable = "PSIJ_" + scheduler.toUpperCase(Locale.ROOT) + "_COMMAND_FOLDER";
    Path real = Path.of(Objects.requireNonNull(System.getenv(variable), variable));
    return Map.of(
        variable,
        LateCommands.create(place, real, submitCommand).toString(),
        "PSIJ_BATCH_POLLING_INTERVAL",
        "2s",
        "PSIJ_BATCH_GRACE_TIME",
        "2s",
        LateCommands.LATE,
        "yes");
  }

  @Override
  protected Map<String, String> undisturbed(Map<String, String> prepared) {
    Map<String, String> prompt = new HashMap<>(prepared);
    prompt.remove(LateCommands.LATE);
    return prompt;
  }

  /** What was submitted for a client that was gone may still wait, and would run a job again. */
  @Override
  protected void awaitNothingLeft(Path place) {
    List<String> taken = LateCommands.taken(place);
    try (JobExecutor executor = JobExecutor.getInstance(scheduler)) {
      await()
          .atMost(PATIENCE)
          .until(() -> Collections.disjoint(Set.copyOf(executor.list()), taken));
    }
  }

  @Override
  protected String figures(Path place) {
    return LateCommands.taken(place).size() + " submissions";
  }
}
