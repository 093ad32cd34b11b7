package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidStateException;
import org.psij.QueuedJob;
import org.psij.SubmitException;

/** Lists of jobs by real commands, each of which prints ids. */
final class SchedulerQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private @Nullable SchedulerQueue queue;

  private SchedulerQueue queue(Duration limit, String... scripts) {
    queue =
        new SchedulerQueue(
            "tested",
            new Ids(List.of(scripts)),
            new LocalCommandRunner(null, "PSIJ_X"::equals),
            limit);
    return queue;
  }

  private List<String> ids(String... scripts) {
    return queue(LONG, scripts).snapshot().getJobs().stream().map(QueuedJob::getNativeId).toList();
  }

  @AfterEach
  void close() {
    if (queue != null) {
      queue.close();
    }
  }

  @Test
  void jobOfTwoCommandsIsGivenOnce() {
    assertThat(ids("echo 1; echo 2; echo 1", "echo 3; echo 2")).containsExactly("1", "2", "3");
  }

  @Test
  void firstCommandMustAnswer() {
    assertThatThrownBy(() -> queue(LONG, "echo down >&2; exit 1", "echo 3").stream())
        .isInstanceOfSatisfying(SubmitException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("down");
  }

  @Test
  void furtherCommandsMayFail() {
    assertThat(ids("echo 1", "echo 2; exit 1", "/no/such/command", "echo 4"))
        .containsExactly("1", "2", "4");
  }

  @Test
  void failureHalfWayIsTold() {
    try (Stream<QueuedJob> jobs = queue(LONG, "echo 1; echo gone >&2; exit 7").stream()) {
      Iterator<QueuedJob> iterator = jobs.iterator();
      assertThat(iterator.next().getNativeId()).isEqualTo("1");
      assertThatThrownBy(iterator::next)
          .isInstanceOf(SubmitException.class)
          .hasMessageContaining("gone");
    }
  }

  @Test
  void commandThatPrintsNothingIsKilledInTime() {
    assertThatThrownBy(() -> queue(Duration.ofMillis(300), "exec sleep 300").stream())
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining("was killed");
  }

  @Test
  void commandThatComplainsWithoutEndDoesNotStop() {
    assertThat(ids("/usr/bin/head -c 3000000 /dev/zero >&2; echo 1")).containsExactly("1");
  }

  @Test
  void endOfTheStreamEndsTheCommand() throws IOException {
    Path pid = folder.resolve("pid");
    String script = "echo $$ >'" + pid + "'; exec /usr/bin/seq 100000000";
    try (Stream<QueuedJob> jobs = queue(LONG, script).stream()) {
      assertThat(jobs.limit(3)).hasSize(3);
    }
    assertGone(pid);
  }

  @Test
  void closedExecutorEndsTheListThatIsBeingRead() throws IOException {
    Path pid = folder.resolve("pid");
    SchedulerQueue closing = queue(LONG, "echo $$ >'" + pid + "'; exec /usr/bin/seq 100000000");
    try (Stream<QueuedJob> jobs = closing.stream()) {
      Iterator<QueuedJob> iterator = jobs.iterator();
      iterator.next();
      closing.close();
      assertThatThrownBy(() -> iterator.forEachRemaining(job -> {}))
          .isInstanceOf(InvalidStateException.class);
    }
    assertGone(pid);
    assertThatThrownBy(closing::stream).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void hundredThousandRowsNeedNotBeKept() {
    try (Stream<QueuedJob> jobs = queue(LONG, "exec /usr/bin/seq 100000").stream()) {
      assertThat(jobs.count()).isEqualTo(100_000);
    }
  }

  private static void assertGone(Path pid) throws IOException {
    long number = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> ProcessHandle.of(number).map(process -> !process.isAlive()).orElse(true));
  }

  private record Ids(List<String> scripts) implements QueueDialect {
    @Override
    public List<List<String>> commands() {
      return scripts.stream()
          .map(
              script ->
                  script.startsWith("/no") ? List.of(script) : List.of("/bin/sh", "-c", script))
          .toList();
    }

    @Override
    public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
      return new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))
          .lines()
          .map(id -> QueuedJob.builder(id, "R").build())
          .iterator();
    }

    @Override
    public void check(CommandResult result) {
      if (result.exitCode() != 0) {
        throw new CommandException("no answer", result);
      }
    }
  }
}
