package org.psij.executors.batch.lsf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.ManyJobs;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ShownRows;

/** Against output that was written by hand from the manual: no LSF was at hand. */
final class LsfQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final int MANY = 5_000;

  private final String sample = LsfSample.text("queue.bjobs.txt");
  private final QueueDialect queue = new LsfQueue(() -> NOW);
  private final List<String> command = queue.commands().get(0);

  private List<String> rows(String text) {
    return ShownRows.jobs(queue, command, text.getBytes(UTF_8)).stream()
        .map(ShownRows::row)
        .toList();
  }

  @Test
  void everyStateOfTheManualIsShown() {
    assertThat(rows(sample))
        .containsExactly(
            "101 | sweep | alice | normal | PEND | QUEUED | - | - | 2 | 4 | 2026-11-21T23:10:00Z"
                + " | - | - | Job's requirements for resource reservation not satisfied;",
            "102 | - | alice | normal | PSUSP | QUEUED | - | - | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | - | - | held while pending: The job was suspended by the user while pending;",
            "103 | a^b|c | bob | night | PROV | QUEUED | - | - | 1 | 16 | 2026-11-22T00:53:00Z"
                + " | - | - | -",
            "104 | solve | bob | night | RUN | ACTIVE | - | hostA,hostB.example.org | 2 | 4"
                + " | 2026-11-22T00:54:00Z | 2026-11-22T00:55:00Z | - | -",
            "105 | x | bob | normal | USUSP | ACTIVE | - | hostA | 1 | 1 | 2026-11-02T07:12:00Z"
                + " | 2026-11-02T07:13:00Z | - | suspended by a person",
            "106 | x | bob | normal | SSUSP | ACTIVE | - | hostA | 1 | 1 | 2025-12-30T23:59:00Z"
                + " | 2025-12-31T00:01:00Z | - | suspended by LSF: Host load exceeded threshold;",
            "107 | /bin/bash x | carol | normal | DONE | COMPLETED | 0 | hostA,hostB | 2 | 1"
                + " | 2026-11-22T00:52:00Z | 2026-11-22T00:53:00Z | 2026-11-22T01:53:00Z | -",
            "108 | x | carol | normal | EXIT | FAILED | 3 | hostA | 1 | 1"
                + " | 2026-11-22T00:52:00Z | 2026-11-22T00:53:00Z | 2026-11-22T00:54:00Z | -",
            "109 | x | carol | normal | UNKWN | ACTIVE | - | hostA | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | 2026-11-22T00:53:00Z | - | LSF has lost contact with the host",
            "110 | x | carol | normal | WAIT | QUEUED | - | - | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | - | - | -",
            "111 | x | carol | normal | ZOMBI | ACTIVE | - | hostA | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | 2026-11-22T00:53:00Z | - | ended by LSF while the host could not be reached",
            "112 | x | carol | normal | NEVERHEARD | - | - | - | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | - | - | -",
            "113[4] | many[1-9] | carol | normal | EXIT | FAILED | 137 | hostA | 1 | 1"
                + " | 2026-11-22T00:52:00Z | 2026-11-22T00:53:00Z | 2026-11-22T00:54:00Z | -",
            "114 | x | carol | normal | EXIT | FAILED | 140 | hostA | 1 | 1"
                + " | 2026-11-22T00:52:00Z | 2026-11-22T00:53:00Z | 2026-11-22T00:54:00Z"
                + " | TERM_RUNLIMIT: job killed after reaching LSF run time limit",
            "115 | x | carol | normal | EXIT | CANCELED | 130 | - | 1 | 1"
                + " | 2026-11-22T00:52:00Z | - | 2026-11-22T00:54:00Z"
                + " | TERM_OWNER: job killed by owner",
            "116 | x | carol | normal | EXIT | QUEUED | - | - | 1 | 1 | 2026-11-22T00:52:00Z"
                + " | - | - | TERM_REQUEUE_OWNER: Job killed and requeued by owner");
  }

  @Test
  void allUsersAreAskedFor() {
    assertThat(new LsfScheduler().queue().commands())
        .singleElement()
        .satisfies(
            words ->
                assertThat(words)
                    .startsWith("bjobs", "-u", "all", "-a", "-X", "-noheader", "-o")
                    .hasSize(8));
  }

  @Test
  void halfOutputShowsOnlyRowsThatAreWhole() {
    List<String> whole = rows(sample);
    for (int end = 0; end < sample.length(); end += 7) {
      String part = sample.substring(0, end);
      long lines = part.chars().filter(c -> c == '\n').count();
      assertThat(rows(part)).isEqualTo(whole.subList(0, (int) lines));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "1^0^RUN",
        "x^0^RUN^u^q^-^-^-^-^-^-^-^-^-^n",
        "1^0^-^u^q^-^-^-^-^-^-^-^-^-^n",
        "^^^^^^^^^^^^^^",
        "No job found"
      })
  void rowThatCannotBeReadSpoilsNoOther(String row) {
    assertThat(rows(row + "\n2^0^RUN^u^q^-^-^-^-^-^-^-^-^-^-\r\n"))
        .containsExactly("2 | - | u | q | RUN | ACTIVE | - | - | - | - | - | - | - | -");
  }

  @Test
  void manyJobsAreReadOneByOne() {
    String row = sample.lines().skip(3).findFirst().orElseThrow().substring(3) + "\n";
    ManyJobs output = new ManyJobs("", MANY, number -> (1000 + number) + row, "");

    output.assertTaken(queue.jobs(command, output), number -> String.valueOf(1000 + number));
  }

  @ParameterizedTest
  @CsvSource({
    "Nov 22 13:00, 2026-11-22T13:00:00Z",
    "Nov 24 00:00, 2025-11-24T00:00:00Z",
    "Nov  2 07:12, 2026-11-02T07:12:00Z",
    "Dec 31 23:59 E, 2025-12-31T23:59:00Z",
    "Nov 22 07:12:38 2024, 2024-11-22T07:12:38Z",
    "Feb 29 00:00, ",
    "Nov 31 00:00, ",
    "Nov 22 25:00, ",
    "Xyz 22 01:00, ",
    "-, ",
    "yesterday, ",
    ", "
  })
  void yearOfATimeIsTheLastOneInWhichItIsNotToCome(String text, Instant time) {
    assertThat(new LsfTime(() -> NOW).read(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "4*hostA:2*hostB, hostA hostB, 4",
    "hostA:hostA:hostB, hostA hostB, 2",
    "hostA, hostA, 1",
    "99999999999*hostA, '', ",
    ":, '', ",
  })
  void hostsAndTheirSlotsAreCounted(String text, String names, Integer most) {
    QueuedJob job = LsfHosts.addTo(QueuedJob.builder("1", "RUN"), text).build();

    assertThat(String.join(" ", job.getNodes())).isEqualTo(names);
    assertThat(job.getCpusPerNode()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({
    "8, span[ptile=4], 2, 4",
    "9, span[ptile=4], 3, 4",
    "2, span[ptile='4'], 1, 2",
    "8, span[hosts=1], 1, 8",
    "1, , 1, 1",
    "8, select[mem>1], , ",
    ", span[hosts=1], 1, ",
    "8, span[ptile=0], 8, 1",
  })
  void hostsThatAreAskedForAreTold(Integer slots, String requirement, Integer nodes, Integer cpus) {
    QueuedJob job = LsfHosts.addAskedTo(QueuedJob.builder("1", "PEND"), slots, requirement).build();

    assertThat(job.getNodeCount()).isEqualTo(nodes);
    assertThat(job.getCpusPerNode()).isEqualTo(cpus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No job found\n", "No unfinished job found\n"})
  void noJobAtAllIsNoFailure(String words) {
    assertThatCode(() -> queue.check(LsfSample.result(255, "", words, "bjobs")))
        .doesNotThrowAnyException();
    assertThatCode(() -> queue.check(LsfSample.result(0, "", "", "bjobs")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LSF is down. Please wait ...\n", "User <all>: unknown\n"})
  void silenceOfLsfIsAFailure(String words) {
    assertThatThrownBy(() -> queue.check(LsfSample.result(255, "", words, "bjobs")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words.strip());
  }
}
