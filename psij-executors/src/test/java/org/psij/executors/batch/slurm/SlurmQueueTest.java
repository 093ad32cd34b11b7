package org.psij.executors.batch.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

final class SlurmQueueTest {
  private static final String MARK = "|5a17c0de|";
  private static final List<String> SQUEUE = List.of("squeue", "--Format=JobArrayID:0" + MARK);
  private static final List<String> SACCT = List.of("sacct", "--delimiter=" + MARK);

  private final SlurmQueue queue = new SlurmQueue();

  private List<QueuedJob> jobs(List<String> command, String output) {
    List<QueuedJob> jobs = new ArrayList<>();
    queue
        .jobs(command, new ByteArrayInputStream(output.getBytes(UTF_8)))
        .forEachRemaining(jobs::add);
    return jobs;
  }

  private Map<String, QueuedJob> recorded(List<String> command, String sample) {
    Map<String, QueuedJob> jobs = new LinkedHashMap<>();
    jobs(command, SlurmSample.read(sample).stdout())
        .forEach(job -> jobs.put(job.getNativeId().replaceFirst("^380", ""), job));
    return jobs;
  }

  private static String row(String... columns) {
    return String.join(MARK, columns) + MARK + "\n";
  }

  private static String running(String id, String name) {
    return row(
        id, "RUNNING", "me", "debug", "2", "8", "0", "N/A", "N/A", "N/A", "n[1-2]", "None", name);
  }

  @Test
  void runningJobIsWhereSqueueSaysAndHasNoEndYet() {
    QueuedJob job = recorded(SQUEUE, "queue/squeue").get("30");
    assertThat(job.getState()).isEqualTo(JobState.ACTIVE);
    assertThat(job.getNativeState()).isEqualTo("RUNNING");
    assertThat(job.getName()).isEqualTo("é日本");
    assertThat(job.getUser()).isEqualTo("root");
    assertThat(job.getQueues()).containsExactly("debug");
    assertThat(job.getNodes()).containsExactly("n1", "n2", "n3");
    assertThat(job.getNodeCount()).isEqualTo(3);
    assertThat(job.getCpusPerNode()).isEqualTo(2);
    assertThat(job.getExitCode()).isNull();
    assertThat(job.getSubmitTime()).isEqualTo(Instant.parse("2026-11-22T20:57:22Z"));
    assertThat(job.getStartTime()).isEqualTo(Instant.parse("2026-11-22T20:57:22Z"));
    assertThat(job.getEndTime()).isNull();
    assertThat(job.getReason()).isNull();
  }

  @Test
  void nameMayLookLikeRows() {
    QueuedJob job = recorded(SQUEUE, "queue/squeue").get("29_1");
    assertThat(job.getName()).isEqualTo("new\n1|RUNNING|root\nline");
    assertThat(job.getState()).isEqualTo(JobState.QUEUED);
    assertThat(job.getReason()).isEqualTo("JobHeldUser");
    assertThat(job.getQueues()).containsExactly("debug", "long");
    assertThat(job.getNodes()).isEmpty();
    assertThat(job.getNodeCount()).isEqualTo(3);
    assertThat(job.getCpusPerNode()).isEqualTo(4);
    assertThat(recorded(SQUEUE, "queue/squeue")).hasSize(12);
  }

  @Test
  void squeueKnowsTheWholeExitCodeForAWhile() {
    Map<String, QueuedJob> jobs = recorded(SQUEUE, "queue/squeue");
    assertThat(jobs.get("28_0").getExitCode()).isZero();
    assertThat(jobs.get("28_1").getExitCode()).isEqualTo(136);
    assertThat(jobs.get("28_2").getExitCode()).isEqualTo(16);
    assertThat(jobs.get("31").getExitCode()).isEqualTo(137);
    assertThat(jobs.get("34").getExitCode()).isEqualTo(143);
    assertThat(jobs.get("34").getState()).isEqualTo(JobState.CANCELED);
  }

  @Test
  void jobThatWasCancelledInTheQueueHasNotStarted() {
    for (List<String> command : List.of(SQUEUE, SACCT)) {
      QueuedJob job =
          recorded(command, command.equals(SQUEUE) ? "queue/squeue" : "queue/sacct").get("35");
      assertThat(job.getState()).isEqualTo(JobState.CANCELED);
      assertThat(job.getStartTime()).isNull();
      assertThat(job.getNodes()).isEmpty();
      assertThat(job.getExitCode()).isNull();
      assertThat(job.getEndTime()).isEqualTo(Instant.parse("2026-11-22T20:57:24Z"));
      assertThat(job.getReason()).isEqualTo("JobHeldUser");
    }
  }

  @Test
  void accountingTellsExitCodesOnlyWhereItKnowsThem() {
    Map<String, QueuedJob> jobs = recorded(SACCT, "queue/sacct");
    assertThat(jobs.get("28_0").getExitCode()).isZero();
    assertThat(jobs.get("28_1").getExitCode()).as("8 stands for 136, too").isNull();
    assertThat(jobs.get("31").getExitCode()).isEqualTo(137);
    assertThat(jobs.get("34").getNativeState()).isEqualTo("CANCELLED by 0");
    assertThat(jobs.get("29_1").getName()).isEqualTo("new\n1|RUNNING|root\nline");
    assertThat(jobs.get("36+1").getNodes()).containsExactly("n2", "n3");
  }

  @Test
  void whatTheAccountingSaysOfLivingJobsMayBeOld() {
    assertThat(jobs(SACCT, running("1", "a"))).isEmpty();
    assertThat(
            jobs(
                SACCT,
                row(
                    "1",
                    "COMPLETED",
                    "me",
                    "p",
                    "1",
                    "1",
                    "0:0",
                    "x",
                    "x",
                    "Unknown",
                    "n1",
                    "",
                    "")))
        .isEmpty();
  }

  @Test
  void stateThatNobodyHasHeardOfIsShownAsItIs() {
    QueuedJob job = jobs(SQUEUE, running("7", "x").replace("RUNNING", "DREAMING")).get(0);
    assertThat(job.getNativeState()).isEqualTo("DREAMING");
    assertThat(job.getState()).isNull();
  }

  @Test
  void rowThatCannotBeReadSpoilsNoOther() {
    String output =
        running("1", "a")
            + running("no id", "b")
            + "slurm_load_jobs: warning: something\n"
            + running("2", "c")
            + row("3", "", "", "", "", "", "", "", "", "", "", "", "")
            + row("4", "PENDING", "", "", "-1", "many", "x", "y", "z", "", "n[", "", "")
            + "5"
            + MARK
            + "RUNN";
    assertThat(jobs(SQUEUE, output))
        .extracting(QueuedJob::getNativeId)
        .containsExactly("1", "2", "4");
    QueuedJob odd = jobs(SQUEUE, output).get(2);
    assertThat(odd.getNodeCount()).isNull();
    assertThat(odd.getCpusPerNode()).isNull();
    assertThat(odd.getSubmitTime()).isNull();
  }

  @Test
  void oldSlurmThatPrintsNoMarksIsNotTakenForAnEmptyQueue() {
    assertThatThrownBy(() -> jobs(SQUEUE, "1RUNNINGmedebug\n2RUNNINGmedebug\n"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("20.11");
    assertThat(jobs(SQUEUE, "")).isEmpty();
  }

  @Test
  void rowsAreReadWhileTheyAreWritten() {
    RowsWithoutEnd output = new RowsWithoutEnd(100_000);
    Iterator<QueuedJob> jobs = queue.jobs(SQUEUE, output);
    assertThat(jobs.next().getNativeId()).isEqualTo("1");
    assertThat(output.written).isLessThan(200);
    int count = 1;
    while (jobs.hasNext()) {
      jobs.next();
      count++;
    }
    assertThat(count).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error.ctld-down-squeue", "error.conf-missing"})
  void schedulerThatIsAwayIsNoEmptyQueue(String sample) {
    CommandResult down = SlurmSample.read(sample);
    assertThatThrownBy(
            () ->
                queue.check(
                    new CommandResult(SQUEUE, down.exitCode(), "", down.stderr(), Duration.ZERO)))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void clusterWithoutAccountingIsNoFailure() {
    CommandResult none = SlurmSample.read("error.sacct-no-accounting");
    assertThatCode(
            () ->
                queue.check(
                    new CommandResult(SACCT, none.exitCode(), "", none.stderr(), Duration.ZERO)))
        .doesNotThrowAnyException();
    CommandResult down = SlurmSample.read("error.dbd-down-sacct");
    assertThatThrownBy(
            () ->
                queue.check(
                    new CommandResult(SACCT, down.exitCode(), "", down.stderr(), Duration.ZERO)))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void outputThatIsCutOffTellsLessAndNothingElse() {
    for (List<String> command : List.of(SQUEUE, SACCT)) {
      String whole =
          SlurmSample.read(command.equals(SQUEUE) ? "queue/squeue" : "queue/sacct").stdout();
      List<String> all = jobs(command, whole).stream().map(SlurmQueueTest::fields).toList();
      for (int cut = whole.indexOf('\n'); cut < whole.length(); cut += 37) {
        List<String> some =
            jobs(command, whole.substring(0, cut)).stream().map(SlurmQueueTest::fields).toList();
        assertThat(all.subList(0, some.size())).isEqualTo(some);
      }
    }
  }

  private static String fields(QueuedJob job) {
    return job + " " + job.getName() + " " + job.getNodes() + " " + job.getReason();
  }

  @Test
  void eachQuestionHasAMarkOfItsOwn() {
    assertThat(queue.commands().get(0)).isNotEqualTo(queue.commands().get(0));
  }

  /** Makes rows only as they are read. */
  private static final class RowsWithoutEnd extends InputStream {
    private static final int AT_ONCE = 20;

    private final int rows;
    private ByteArrayInputStream next = new ByteArrayInputStream(new byte[0]);
    private int written;

    RowsWithoutEnd(int rows) {
      this.rows = rows;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (next.available() == 0 && written < rows) {
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < AT_ONCE; i++) {
          written++;
          some.append(running(String.valueOf(written), "name|" + written));
        }
        next = new ByteArrayInputStream(some.toString().getBytes(UTF_8));
      }
      return next.read(bytes, offset, length);
    }
  }
}
