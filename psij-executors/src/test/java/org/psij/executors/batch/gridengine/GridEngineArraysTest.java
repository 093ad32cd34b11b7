package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.StatusListing;

final class GridEngineArraysTest {
  private static final GridEngineScheduler SCHEDULER = new GridEngineScheduler();
  private static final BatchJob JOB =
      new BatchJob("id", JobSpec.builder("/bin/date").build(), ResourceSpecV1.builder().build());

  private final ArrayDialect arrays = SCHEDULER.arrays();

  @ParameterizedTest
  @CsvSource({"0, 4, 1-5", "3, 3, 4-4", "10, 74999, 11-75000"})
  void tasksAreNumberedFromOne(int first, int last, String range) {
    List<String> array = arrays.submitCommand(JOB, "/w/job.sh", first, last);
    List<String> single = SCHEDULER.submitCommand(JOB, "/w/job.sh");

    assertThat(array).endsWith("-t", range, "/w/job.sh");
    assertThat(array.subList(0, array.size() - 3)).isEqualTo(single.subList(0, single.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({"qsub.array-terse, 7", "qsub.array-step-terse, 8", "qsub.array-one-terse, 9"})
  void idOfTheArrayIsItsNumber(String sample, String id) {
    assertThat(SCHEDULER.parseSubmission(Sample.of(sample))).isEqualTo(id);
    assertThat(arrays.taskId(id, 2)).isEqualTo(id + ".3");
  }

  @Test
  void idTellsTheTask() {
    assertThat(arrays.parse("7.3")).isEqualTo(new ArrayTask("7", 2));
    assertThat(arrays.parse(arrays.taskId("7", 74_999))).isEqualTo(new ArrayTask("7", 74_999));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7", "7.", "7.0", "7.03", "7.x", "x.1", "7.1-5:1", "7.9999999999", "7.1.1"})
  void otherIdsNameNoTask(String id) {
    assertThat(arrays.parse(id)).isNull();
  }

  @Test
  void limitIsThatOfTheConfiguration() {
    assertThat(arrays.limitCommand()).containsExactly("qconf", "-sconf");
    assertThat(arrays.parseLimit(Sample.of("array-limit.qconf-sconf"))).isEqualTo(75_000);
    assertThat(limit("max_aj_tasks                 100\n")).isEqualTo(100);
    assertThat(limit("max_aj_tasks                 0\n")).isEqualTo(arrays.usualLimit());
  }

  private int limit(String line) {
    return arrays.parseLimit(Sample.result(0, "#global:\nmax_aj_instances 2000\n" + line, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "max_aj_tasks none\n", "max_aj_tasks -1\n", "max_aj_tasks 12345678901\n"})
  void limitThatIsNotToldIsNoLimit(String line) {
    assertThatExceptionOfType(CommandException.class).isThrownBy(() -> limit(line));
  }

  @Test
  void refusalIsNoLimit() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> arrays.parseLimit(Sample.of("error.qmaster-down-qstat")));
  }

  @Test
  void accountingOfManyTasksIsAskedForOnce() {
    assertThat(SCHEDULER.accountingCommands(List.of("7.1", "8.2", "7.3", "9", "7.2")))
        .containsExactly(
            List.of("qacct", "-j", "7"),
            List.of("qacct", "-j", "8", "-t", "2"),
            List.of("qacct", "-j", "9"));
  }

  @Test
  void accountingOfTheArrayTellsOfEachTaskThatHasBegun() {
    StatusListing ends = SCHEDULER.parseAccounting(Sample.of("qacct.array"));

    assertThat(ends.jobs()).containsOnlyKeys("53.1", "53.2", "53.3");
    assertThat(ends.jobs().values()).allMatch(end -> end.state() == JobState.COMPLETED);
    assertThat(ends.lacks("53.4")).as("deleted while it waited").isTrue();
    StatusListing deleted = SCHEDULER.parseAccounting(Sample.of("qacct.array-deleted-running"));
    assertThat(deleted.get("232.1").cause()).isEqualTo(FailureCause.SIGNAL);
  }

  @Test
  void eachTaskIsListedWhetherItRunsOrWaits() {
    StatusListing listing = SCHEDULER.parseStatus(Sample.of("array-mixed.qstat-all-xml"));

    for (int index = 0; index < 5; index++) {
      assertThat(listing.get(arrays.taskId("53", index)).state())
          .isEqualTo(index < 2 ? JobState.ACTIVE : JobState.QUEUED);
    }
    assertThat(listing.lacks("53.6")).isTrue();
  }
}
