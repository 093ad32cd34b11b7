package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code psij queue} shows of the queue of {@link FakeSchedulerExecutor}. */
final class QueueCommandTest {
  private final CommandInThisJvm psij = new CommandInThisJvm();

  private List<String> ids(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "queue";
    all[1] = "-e";
    all[2] = "fake-scheduler";
    System.arraycopy(options, 0, all, 3, options.length);
    assertThat(psij.run(all)).as(psij.err()).isZero();
    return psij.out().lines().skip(1).map(line -> line.replaceFirst(" .*", "")).toList();
  }

  @Test
  void everybodysJobsAreShown() {
    String noon =
        DateTimeFormatter.ofPattern("HH:mm")
            .format(FakeSchedulerExecutor.NOON.atZone(ZoneId.systemDefault()));
    assertThat(ids()).containsExactly("1", "2", "3_1", "4");
    assertThat(psij.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsSequence(
            "1 ann simu?late debug ACTIVE R 2x8 - 01-01 " + noon + " n1,n2",
            "2 bob - debug,long QUEUED PD - - - Priority");
  }

  @ParameterizedTest
  @CsvSource({
    "-s, running, 1",
    "-s, 'queued,ACTIVE', '1,2'",
    "-s, completed, '3_1,4'",
    "-s, COMPLETED, 4",
    "-s, failed, 3_1",
    "-u, bob, '2,4'",
    "-q, long, 2",
    "--user, nobody, ''"
  })
  void jobsAreSelected(String option, String value, String ids) {
    assertThat(String.join(",", ids(option, value))).isEqualTo(ids);
  }

  @Test
  void unknownStateIsNamed() {
    assertThat(psij.run("queue", "-e", "fake-scheduler", "-s", "bogus")).isEqualTo(2);
    assertThat(psij.err()).contains("--state", "'bogus'");
  }

  @Test
  void machinesGetAllThatIsKnown() throws Exception {
    assertThat(psij.run("queue", "-e", "fake-scheduler", "--json")).isZero();
    JsonNode jobs = new ObjectMapper().readTree(psij.out());
    assertThat(jobs).hasSize(4);
    JsonNode job = jobs.get(0);
    assertThat(job.get("native_id").asText()).isEqualTo("1");
    assertThat(job.get("name").asText()).isEqualTo("simu\u001blate");
    assertThat(job.get("nodes")).hasSize(2);
    assertThat(job.get("cpus_per_node").asInt()).isEqualTo(8);
    assertThat(job.get("start_time").asText()).isEqualTo("1970-01-01T12:00:00Z");
    assertThat(job.get("end_time").isNull()).isTrue();
    assertThat(jobs.get(2).get("exit_code").asInt()).isEqualTo(3);
  }

  @Test
  void queueIsNotAskedForWithoutPause() {
    assertThat(psij.run("queue", "-e", "fake-scheduler", "--watch", "0")).isEqualTo(2);
    assertThat(psij.err()).contains("--watch must be at least a second");
  }

  @Test
  void queueIsShownAgainAndAgain() throws Exception {
    Thread watching = new Thread(() -> psij.run("queue", "-e", "fake-scheduler", "--watch", "1"));
    watching.setDaemon(true);
    watching.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> psij.out().lines().filter(line -> line.startsWith("ID ")).count() >= 2);
    watching.interrupt();
    watching.join(Duration.ofSeconds(30).toMillis());
    assertThat(watching.isAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "40 100, , 40, 100",
    "'', , 24, 80",
    "0 0, , 24, 80",
    "40 100, 72, 40, 72",
    "40 100, x, 40, 100"
  })
  void sizeOfATerminalIsThatOfSttyOrOfTheEnvironment(
      String answer, String columns, int expectedLines, int expectedColumns) {
    Map<String, String> environment = columns == null ? Map.of() : Map.of("COLUMNS", columns);
    assertThat(Terminal.of(answer, environment))
        .isEqualTo(new Terminal(expectedLines, expectedColumns));
  }
}
