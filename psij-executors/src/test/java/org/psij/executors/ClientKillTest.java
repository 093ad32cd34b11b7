package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are killed at any instant, while they recover, submit, cancel, or wait, one alone or
 * two at once, lose no job, run none twice, and are told of no wrong end. With {@code -Dpsij.seed}
 * a run makes the same choices again.
 */
@Tag("attack")
public abstract class ClientKillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(8);

  private final String executor;
  private final long seed = Long.getLong("psij.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final int jobs = Soak.cases(200, 1_000);
  private final int kills = Soak.cases(6, 50);
  private final KillTally tally = new KillTally();
  private Map<String, String> environment = Map.of();

  /** A folder that the nodes see. */
  @TempDir Path folder;

  protected ClientKillTest(String executor) {
    this.executor = executor;
  }

  /**
   * Prepares a run.
   *
   * @param place an empty folder
   * @return what the clients see in their environment besides
   */
  protected Map<String, String> prepare(Path place) {
    return Map.of();
  }

  /** What the last client, which is not killed, sees in its environment of all that. */
  protected Map<String, String> undisturbed(Map<String, String> prepared) {
    return prepared;
  }

  /** Waits until nothing is left that might still run a job. */
  protected void awaitNothingLeft(Path place) {}

  /** What to say of the run besides. */
  protected String figures(Path place) {
    return "submissions not counted";
  }

  @BeforeEach
  final void prepareFolder() throws IOException {
    environment = prepare(folder);
    Files.createDirectory(KilledClient.runs(folder));
  }

  @Test
  void everyJobRunsOnceAndItsTrueEndIsToldHoweverOftenItsClientIsKilled() throws Exception {
    long start = System.nanoTime();
    for (int round = 1; tally.kills() < kills && round <= 2 * kills; round++) {
      if (round % 5 == 3) {
        killTwo();
      } else {
        killOne();
      }
    }
    ClientProcess last = start(jobs, undisturbed(environment));
    int code = last.awaitEnd(PATIENCE);
    tally.add(last);
    awaitNothingLeft(folder);
    tally.check(folder, jobs);
    System.out.printf(
        "clients of '%s' killed: seed %d, %s, %s, %d s%n",
        executor,
        seed,
        tally,
        figures(folder),
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
    assertThat(code).as("exit code of the last client; its log: %s", log()).isZero();
    tally.assertAllIsWell();
    assertThat(tally.kills()).isGreaterThanOrEqualTo(kills);
  }

  private void killOne() throws InterruptedException {
    int most = jobs / kills + random.nextInt(jobs / kills / 2);
    ClientProcess client = start(most);
    switch (random.nextInt(6)) {
      case 0 -> client.awaitWord(KilledClient.RECOVERING, 1, LONGEST_ROUND);
      case 1 -> client.awaitWord(KilledClient.FOLLOWING, 1, LONGEST_ROUND);
      default -> client.awaitWord(KilledClient.QUEUED, 1 + random.nextInt(most), LONGEST_ROUND);
    }
    kill(client, random.nextInt(100));
  }

  /** Neither asks for more, since it could not tell what the other one has recovered. */
  private void killTwo() throws InterruptedException {
    List<ClientProcess> two = List.of(start(0), start(0));
    for (ClientProcess client : two) {
      client.awaitWord(KilledClient.RESUMED, 1, LONGEST_ROUND);
    }
    for (ClientProcess client : two) {
      kill(client, random.nextInt(200));
    }
    tally.addTwoAtOnce(two.get(0), two.get(1));
  }

  private void kill(ClientProcess client, int milliseconds) throws InterruptedException {
    if (client.killAfter(Duration.ofMillis(milliseconds))) {
      tally.killed();
    }
    tally.add(client);
  }

  private ClientProcess start(int most) {
    return start(most, environment);
  }

  private ClientProcess start(int most, Map<String, String> variables) {
    List<String> arguments = new ArrayList<>(List.of(executor, folder.toString()));
    arguments.addAll(
        List.of(String.valueOf(jobs), String.valueOf(most), String.valueOf(random.nextLong())));
    return ClientProcess.start(variables, folder.resolve("log"), arguments);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
