package org.psij.executors.batch.gridengine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

final class GridEngineQueueTest {
  private final GridEngineQueue queue = new GridEngineQueue();
  private final List<String> qstat = queue.commands().get(0);
  private final List<String> qacct = queue.commands().get(1);

  private List<QueuedJob> jobs(List<String> command, String output) {
    List<QueuedJob> jobs = new ArrayList<>();
    queue
        .jobs(command, new ByteArrayInputStream(output.getBytes(UTF_8)))
        .forEachRemaining(jobs::add);
    return jobs;
  }

  private Map<String, QueuedJob> recorded(List<String> command, String... samples) {
    Map<String, QueuedJob> jobs = new LinkedHashMap<>();
    for (String sample : samples) {
      jobs(command, Sample.of(sample).stdout()).forEach(job -> jobs.put(job.getNativeId(), job));
    }
    return jobs;
  }

  private static String document(String rows) {
    return "<?xml version='1.0'?>\n<job_info  xmlns:xsd=\"x\">\n<queue_info>\n"
        + rows
        + "</job_info>\n";
  }

  private static String row(int id, String more) {
    return "<job_list state=\"running\">\n<JB_job_number>"
        + id
        + "</JB_job_number><JB_owner>me</JB_owner><state>r</state>"
        + more
        + "</job_list>\n";
  }

  private static String slot(String master, String host, int granted) {
    return row(
        5,
        "<queue_name>all.q@"
            + host
            + "</queue_name><master>"
            + master
            + "</master><slots>1</slots><granted_pe name=\"mpi\">"
            + granted
            + "</granted_pe>");
  }

  @Test
  void parallelJobHasSlotsOnHosts() {
    QueuedJob job = recorded(qstat, "running.qstat-gt-xml").get("42");
    assertThat(job.getState()).isEqualTo(JobState.ACTIVE);
    assertThat(job.getName()).isEqualTo("hog");
    assertThat(job.getUser()).isEqualTo("tester");
    assertThat(job.getQueues()).containsExactly("all.q");
    assertThat(job.getNodes()).containsExactly("vm");
    assertThat(job.getStartTime()).isEqualTo(Instant.parse("2026-11-22T01:46:16Z"));
    assertThat(job.getSubmitTime()).as("qstat does not tell").isNull();
  }

  @Test
  void slotsAreCountedByHost() {
    String rows = slot("MASTER", "a", 3) + slot("SLAVE", "a", 3) + slot("SLAVE", "b", 3);
    QueuedJob withoutMaster = jobs(qstat, document(rows)).get(0);
    assertThat(withoutMaster.getNodes()).containsExactly("a", "b");
    assertThat(withoutMaster.getNodeCount()).isEqualTo(2);
    assertThat(withoutMaster.getCpusPerNode()).as("that of the master is not listed").isEqualTo(2);

    QueuedJob all = jobs(qstat, document(rows + slot("SLAVE", "b", 3))).get(0);
    assertThat(all.getCpusPerNode()).isEqualTo(2);

    QueuedJob few = jobs(qstat, document(slot("MASTER", "a", 8))).get(0);
    assertThat(few.getNodes()).containsExactly("a");
    assertThat(few.getNodeCount()).as("the other slots may be anywhere").isNull();
    assertThat(few.getCpusPerNode()).isNull();
  }

  @Test
  void jobThatWaitsIsInTheQueueThatItAsksFor() {
    QueuedJob job = recorded(qstat, "running.qstat-r-xml").get("43");
    assertThat(job.getName()).isEqualTo("pend&<x>");
    assertThat(job.getState()).isEqualTo(JobState.QUEUED);
    assertThat(job.getNativeState()).isEqualTo("qw");
    assertThat(job.getQueues()).containsExactly("all.q");
    assertThat(job.getNodes()).isEmpty();
    assertThat(job.getNodeCount()).isEqualTo(1);
    assertThat(job.getSubmitTime()).isEqualTo(Instant.parse("2026-11-22T01:46:18Z"));
    assertThat(job.getStartTime()).isNull();
  }

  @Test
  void eachTaskOfAnArrayIsAJob() {
    assertThat(recorded(qstat, "array-mixed.qstat-all-xml"))
        .containsOnlyKeys("53.1", "53.2", "53.3", "53.4", "53.5");
    assertThat(recorded(qstat, "array-mixed.qstat-gd-xml"))
        .containsOnlyKeys("53.1", "53.2", "53.3", "53.4", "53.5");
    assertThat(recorded(qstat, "array-eqw.qstat-all-xml").values())
        .anySatisfy(job -> assertThat(job.getReason()).contains("in error state"));
  }

  @Test
  void accountingTellsHowJobsEnded() {
    Map<String, QueuedJob> jobs = recorded(qacct, "qacct.array", "qacct.exit3", "qacct.sigsegv");
    QueuedJob task = jobs.get("53.1");
    assertThat(task.getState()).isEqualTo(JobState.COMPLETED);
    assertThat(task.getName()).isEqualTo("arr");
    assertThat(task.getUser()).isEqualTo("tester");
    assertThat(task.getQueues()).containsExactly("all.q");
    assertThat(task.getNodes()).containsExactly("vm");
    assertThat(task.getNodeCount()).isEqualTo(1);
    assertThat(task.getCpusPerNode()).isEqualTo(1);
    assertThat(task.getExitCode()).isZero();
    assertThat(task.getSubmitTime()).isEqualTo(Instant.parse("2026-11-22T01:46:49Z"));
    assertThat(task.getStartTime()).isEqualTo(Instant.parse("2026-11-22T01:46:49Z"));
    assertThat(task.getEndTime()).isEqualTo(Instant.parse("2026-11-22T01:46:53Z"));
    assertThat(jobs.values()).extracting(QueuedJob::getExitCode).contains(0, 3, 139);
  }

  @Test
  void aRunThatWasNotTheEndIsNoEnd() {
    assertThat(recorded(qacct, "qacct.resched-exit99-then-0").values())
        .singleElement()
        .satisfies(job -> assertThat(job.getExitCode()).isZero());
    assertThat(recorded(qacct, "qacct.exit99")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void jobThatWasTriedAgainAfterAnErrorEndedAsItDidLast() {
    String error = Sample.of("qacct.exit100-deleted").stdout();
    String number = error.replaceFirst("(?s).*jobnumber +(\\d+).*", "$1");
    String good =
        Sample.of("qacct.exit0").stdout().replaceAll("(?m)^(jobnumber +)\\d+", "$1" + number);
    assertThat(jobs(qacct, error))
        .singleElement()
        .satisfies(job -> assertThat(job.getExitCode()).isEqualTo(100));
    assertThat(jobs(qacct, error + good))
        .singleElement()
        .satisfies(job -> assertThat(job.getState()).isEqualTo(JobState.COMPLETED));
  }

  @Test
  void summaryAndHalfRecordsAreNoJobs() {
    String good = Sample.of("qacct.exit0").stdout();
    String summary = "Total System Usage\n    WALLCLOCK\n=========\n  99  0.1\n";
    assertThat(jobs(qacct, good + summary)).hasSize(1);
    assertThat(jobs(qacct, good + good.substring(0, good.length() / 2))).hasSize(1);
    assertThat(jobs(qacct, "")).isEmpty();
  }

  @Test
  void finishedJobsOfQmasterHaveAnUnknownEnd() {
    assertThat(recorded(queue.commands().get(2), "qstat.finished-s-z").values())
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.getState()).isNull())
        .allSatisfy(job -> assertThat(job.getNativeState()).isEqualTo("z"))
        .extracting(QueuedJob::getName)
        .contains("a\"b", "a'b", "a|b");
  }

  @Test
  void rowThatCannotBeReadSpoilsNoOther() {
    String rows =
        row(1, "<JB_name>a\u0001&nbsp;&#65;</JB_name>")
            + "<job_list state=\"running\"><JB_job_number>2</JB_job_number><state>r</st"
            + row(3, "")
            + row(4, "").replace("<state>r</state>", "")
            + row(5, "<tasks>1-</tasks>")
            + row(6, "").replace("<state>r</state>", "<state>?!</state>")
            + "<job_list state=\"running\"><JB_job_number>7";
    List<QueuedJob> jobs = jobs(qstat, document(rows));
    assertThat(jobs).extracting(QueuedJob::getNativeId).containsExactly("1", "3", "6");
    assertThat(jobs.get(0).getName()).isEqualTo("a\u0001&nbsp;A");
    assertThat(jobs.get(2).getState()).isNull();
  }

  @Test
  void whatIsNoListIsNotTakenForAnEmptyQueue() {
    assertThatThrownBy(() -> jobs(qstat, "")).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> jobs(qstat, "error: commlib\n"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(recorded(qstat, "list.qstat-empty-xml")).isEmpty();
    CommandResult down = Sample.of("error.qmaster-down-qstat-xml");
    assertThatThrownBy(() -> queue.check(down)).isInstanceOf(CommandException.class);
    assertThatCode(() -> queue.check(Sample.of("list.qstat-empty-xml"))).doesNotThrowAnyException();
  }

  @Test
  void outputThatIsCutOffTellsNothingElse() {
    for (List<String> command : List.of(qstat, qacct)) {
      String whole =
          Sample.of(command.equals(qstat) ? "array-mixed.qstat-gd-xml" : "qacct.array").stdout();
      List<String> all = jobs(command, whole).stream().map(QueuedJob::toString).toList();
      for (int cut = whole.indexOf("number"); cut < whole.length(); cut += 37) {
        assertThat(jobs(command, whole.substring(0, cut)))
            .extracting(QueuedJob::toString)
            .isSubsetOf(all);
      }
    }
  }

  @Test
  void hundredThousandJobsAreRead() {
    String rows =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(i -> row(i, "<JB_name>n</JB_name><tasks>1-100:1</tasks>"))
            .collect(Collectors.joining());
    assertThat(jobs(qstat, document(rows))).hasSize(100_000);
  }
}
