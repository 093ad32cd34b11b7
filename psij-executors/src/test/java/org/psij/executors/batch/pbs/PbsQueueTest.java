package org.psij.executors.batch.pbs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.ManyJobs;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ShownRows;

final class PbsQueueTest {
  private static final String FOLDER = "samples";
  private static final int MANY = 20_000;
  private static final String HEAD = "{\n\t\"timestamp\":\t1,\n\t\"Jobs\":\t{\n";
  private static final String FOOT = "\t}\n}\n";

  private final QueueDialect queue = new PbsScheduler().queue();
  private final List<String> live = queue.commands().get(0);
  private final List<String> history = queue.commands().get(1);

  static Set<String> samples() {
    return QueueSample.expected(FOLDER).keySet();
  }

  private List<String> rows(String... lines) {
    String text = HEAD + String.join("\n", lines) + "\n" + FOOT;
    return QueueSample.rows(queue, live, text.getBytes(UTF_8));
  }

  private static String job(String id, String... attributes) {
    return "\t\t\"" + id + "\":\t{\n\t\t\t" + String.join(",\n\t\t\t", attributes) + "\n\t\t},";
  }

  private static String state(String letter) {
    return "\"job_state\":\t\"" + letter + "\"";
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsShownAsWrittenDown(String sample) {
    assertThat(QueueSample.rows(queue, FOLDER, sample))
        .isEqualTo(QueueSample.expected(FOLDER).get(sample));
  }

  @Test
  void noSampleIsLeftOut() {
    assertThat(samples()).containsExactlyElementsOf(PbsSamplesTest.qstatSamples());
  }

  @Test
  void jobsInTheQueueAreAskedForBeforeThoseThatEnded() {
    assertThat(queue.commands())
        .containsExactly(
            List.of("qstat", "-t", "-f", "-F", "json"),
            List.of("qstat", "-x", "-t", "-f", "-F", "json"));
  }

  @Test
  void oneHundredThousandJobsAreReadOneByOne() {
    String attributes =
        job("", "\"Job_Owner\":\t\"me@login\"", state("R"), "\"exec_host\":\t\"n1/0*4\"") + "\n";
    String rest = attributes.substring(attributes.indexOf("\":"));
    ManyJobs output = new ManyJobs(HEAD, MANY, number -> "\t\t\"" + number + ".s" + rest, FOOT);

    output.assertTaken(queue.jobs(live, output), number -> number + ".s");
  }

  @Test
  void endlessLineSpoilsNoJob() {
    String chunk = "x".repeat(1 << 16);
    ManyJobs output =
        new ManyJobs(
            HEAD + "\t\t\"1.s\":\t{\n\t\t\t" + state("R") + ",\n\t\t\t\"comment\":\t\"",
            100,
            number -> chunk,
            "\"\n\t\t},\n" + job("2.s", state("Q")) + "\n" + FOOT);

    Iterator<QueuedJob> jobs = queue.jobs(live, output);

    assertThat(jobs.next().getReason()).hasSizeBetween(1_000_000, 1 << 20);
    assertThat(jobs.next().getNativeId()).isEqualTo("2.s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"array-finished-t", "v23-nasty-V-unicode", "nasty-latin1-bytes"})
  void halfOutputShowsOnlyJobsThatAreWhole(String sample) {
    List<String> command = Sample.read(FOLDER, sample).command();
    byte[] output = Sample.stdout(FOLDER, sample);
    List<String> whole = QueueSample.rows(queue, command, output);
    for (int end = 0; end < output.length; end += 37) {
      List<String> part = QueueSample.rows(queue, command, Arrays.copyOf(output, end));
      assertThat(part).isEqualTo(whole.subList(0, part.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t\tgarbage",
        "\t\t\"1.s\":\t{\n\t\t},",
        "\t\t\"1.s\":\t{\n\t\t\t\"job_state\":\t\"\"\n\t\t},",
        "\t\t\"rm -rf\":\t{\n\t\t\t\"job_state\":\t\"R\"\n\t\t},",
        "\t\t\"1.s\":\t{\n\t\t\t\"Job_Name\":\t+5,\n\t\t\t\"queue\":\t\"\n\t\t},",
      })
  void rowThatCannotBeReadSpoilsNoOther(String row) {
    assertThat(rows(row, job("2.s", state("R"))))
        .containsExactly("2.s | - | - | - | R | ACTIVE | - | - | - | - | - | - | - | -");
  }

  @Test
  void environmentCannotPretendToBeAResourceOrAnotherJob() {
    assertThat(
            rows(
                job(
                    "1.s",
                    state("R"),
                    "\"Resource_List\":\t{\n\t\t\t\t\"nodect\":\t2\n\t\t\t}",
                    "\"Variable_List\":\t{\n\t\t\t\t\"select\":\t\"9:ncpus=9\"",
                    "\t\"Resource_List.nodect\":\t9",
                    "\t\"X\":\t\"\\n\\t\\t\\\"2.s\\\":\\t{\"\n\t\t\t}")))
        .containsExactly("1.s | - | - | - | R | ACTIVE | - | - | 2 | - | - | - | - | -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"K", "M", "??", "RUNNING"})
  void stateThatNobodyHasHeardOfIsShownAsItIs(String letter) {
    QueuedJob job =
        ShownRows.jobs(
                queue, live, (HEAD + job("1.s", state(letter)) + "\n" + FOOT).getBytes(UTF_8))
            .get(0);

    assertThat(job.getNativeState()).isEqualTo(letter);
    assertThat(job.getState()).isNull();
  }

  @Test
  void taskWithoutARecordOfItsEndIsLeftToTheHistory() {
    byte[] output = (HEAD + job("7[1].s", state("X")) + "\n" + FOOT).getBytes(UTF_8);

    assertThat(ShownRows.jobs(queue, live, output)).isEmpty();
    assertThat(ShownRows.jobs(queue, history, output))
        .singleElement()
        .satisfies(task -> assertThat(task.getState()).isNull());
  }

  @Test
  void jobThatWaitsAgainIsOnNoNode() {
    assertThat(
            rows(
                job(
                    "1.s",
                    state("Q"),
                    "\"exec_host\":\t\"a/0*4\"",
                    "\"stime\":\t\"Sun Nov 22 00:52:18 2026\"")))
        .containsExactly("1.s | - | - | - | Q | QUEUED | - | - | - | - | - | - | - | -");
  }

  @Test
  void hostsAreShownOnceAndTheOwnerWithoutHisHost() {
    QueuedJob job =
        ShownRows.jobs(
                queue,
                live,
                (HEAD
                        + job(
                            "1.s",
                            "\"Job_Owner\":\t\"a@b.c@login\"",
                            state("S"),
                            "\"exec_host\":\t\"n2/0*4+n1/0*8+n2/1*4\"")
                        + "\n"
                        + FOOT)
                    .getBytes(UTF_8))
            .get(0);

    assertThat(job.getUser()).isEqualTo("a@b.c");
    assertThat(job.getNodes()).containsExactly("n2", "n1");
    assertThat(job.getCpusPerNode()).isEqualTo(8);
    assertThat(job.getState()).isEqualTo(JobState.ACTIVE);
  }

  private CommandResult answer(List<String> command, int exitCode, String stderr) {
    return Sample.result(String.join(" ", command), exitCode, "", stderr);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 35, 153})
  void jobsThatAreGoneAreNoFailure(int exitCode) {
    assertThatCode(() -> queue.check(answer(live, exitCode, ""))).doesNotThrowAnyException();
    assertThatCode(() -> queue.check(answer(history, exitCode, "qstat: Unknown Job Id 1.s")))
        .doesNotThrowAnyException();
  }

  @Test
  void serverWithoutHistoryHasNothingToAdd() {
    String complaint = "qstat: PBS is not configured to maintain job history";

    assertThatCode(() -> queue.check(answer(history, 36, complaint))).doesNotThrowAnyException();
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> queue.check(answer(live, 36, complaint)));
  }

  @ParameterizedTest
  @CsvSource({"err-no-server-qstat", "err-no-such-server-host", "err-server-down-qstat"})
  void serverThatIsDownIsAFailure(String sample) {
    CommandResult down = Sample.read(FOLDER, sample);

    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> queue.check(answer(live, down.exitCode(), down.stderr())))
        .withMessageContaining(down.stderr().lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, usage", "137, ''", "0, Connection refused"})
  void brokenAnswerIsAFailure(int exitCode, String stderr) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> queue.check(answer(live, exitCode, stderr)));
  }
}
