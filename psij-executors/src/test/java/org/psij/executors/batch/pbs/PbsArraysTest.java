package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.executors.batch.pbs.JobDescription.job;
import static org.psij.executors.batch.pbs.JobDescription.spec;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

final class PbsArraysTest {
  private final PbsScheduler scheduler = new PbsScheduler();
  private final ArrayDialect arrays = scheduler.arrays();

  private List<String> tasks(int count) {
    return IntStream.range(0, count).mapToObj(index -> arrays.taskId("25[].vm", index)).toList();
  }

  private StatusListing listing(String sample) {
    return scheduler.parseStatus(Sample.read("samples", sample));
  }

  private StatusListing read(String text) {
    return scheduler.parseStatus(Sample.result("qstat -t -E -f -F json 25[].vm", 0, text, ""));
  }

  /** A task as qstat makes it up of the attributes of the array, up to the one called array. */
  private static String madeUp(int index, String state, String comment) {
    return Sample.read("samples", "array-begun")
        .stdout()
        .replaceAll("(?s)\\t\\t\\t\"array\":.*?\\n\\t\\t\\}", "\t\t\t\"x\":1\n\t\t}")
        .replace("25[]", "25[" + index + "]")
        .replace("\"B\"", "\"" + state + "\"")
        .replaceAll("\"Job Array Began[^\"]*\"", "\"" + comment + "\"");
  }

  @ParameterizedTest
  @CsvSource({"0, 4, 0-4", "0, 1, 0-1", "3, 3, 3-4:2", "0, 0, 0-1:2", "10, 9999, 10-9999"})
  void rangeIsAnOptionOfQsub(int first, int last, String range) {
    assertThat(arrays.submitCommand(job(spec()), "/a b/job.sh", first, last))
        .containsExactly("qsub", "-J", range, "/a b/job.sh");
  }

  @Test
  void idTellsTheTask() {
    assertThat(arrays.taskId("25[].vm", 4)).isEqualTo("25[4].vm");
    assertThat(arrays.taskId("25[]", 4)).isEqualTo("25[4]");
    assertThat(arrays.parse("25[4].vm")).isEqualTo(new ArrayTask("25[].vm", 4));
    assertThat(arrays.parse("25[4]")).isEqualTo(new ArrayTask("25[]", 4));
    assertThat(Stream.of("25.vm", "25", "25[].vm", "25[1-4].vm", "25[x].vm", "[1].vm", "25[1]vm"))
        .allMatch(id -> arrays.parse(id) == null);
  }

  @Test
  void arrayAsAWholeIsNoJob() {
    assertThat(List.of("25.vm", "25", "25[4].vm", "25[4]")).allMatch(scheduler::isNativeId);
    assertThat(List.of("25[].vm", "25[]", "25[1-4].vm", "workq", "R926.vm", "@vm", "25[4"))
        .noneMatch(scheduler::isNativeId);
  }

  @Test
  void limitIsThatOfTheServer() {
    assertThat(arrays.limitCommand()).containsExactly("qstat", "-B", "-f", "-F", "json");
    assertThat(arrays.parseLimit(Sample.read("server", "limits"))).isEqualTo(10_000);
    assertThat(arrays.usualLimit()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "\t\"max_array_size\":\t0,\n", "\t\"max_array_size\":\t\"x\"\n"})
  void limitThatIsNotToldIsNoLimit(String text) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> arrays.parseLimit(Sample.result("qstat -B", 0, text, "")));
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> arrays.parseLimit(Sample.read("samples", "err-server-down-qstat")));
  }

  @Test
  void manyTasksAreAskedForByTheirArray() {
    assertThat(scheduler.statusCommand(tasks(21)))
        .containsExactly("qstat", "-t", "-E", "-f", "-F", "json", "25[].vm");
    assertThat(scheduler.accountingCommands(tasks(21)))
        .containsExactly(List.of("qstat", "-x", "-t", "-E", "-f", "-F", "json", "25[].vm"));
    assertThat(scheduler.statusCommand(tasks(2)))
        .containsExactly("qstat", "-E", "-f", "-F", "json", "25[0].vm", "25[1].vm");
  }

  @Test
  void onlyTheArrayTellsTheScriptOfItsTasks() {
    assertThat(scheduler.markCommand(tasks(1))).endsWith("json", "25[].vm").contains("-t");
    assertThat(listing("array-finished-t").get("25[1].vm").mark()).isEqualTo("-N arr -J 0-2");
    assertThat(listing("array-subjob").get("25[1].vm").mark()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "array-finished-t, 25[0].vm, COMPLETED, , 0",
    "array-finished-t, 25[2].vm, FAILED, EXIT_CODE, 2",
    "array-deleted-t, 917[3].vm, CANCELED, CANCELED_BY_USER, 143",
    "array-subjob, 25[1].vm, FAILED, EXIT_CODE, 1"
  })
  void taskWithARecordTellsItsEnd(
      String sample, String id, JobState state, FailureCause cause, int exitCode) {
    assertThat(listing(sample).get(id).state()).isEqualTo(state);
    assertThat(listing(sample).get(id).cause()).isEqualTo(cause);
    assertThat(listing(sample).get(id).exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"X, Subjob finished", "F, Subjob finished", "X, Subjob terminated"})
  void taskWithoutARecordHasLeftTheQueueAndTellsNoEnd(String state, String comment) {
    String text = madeUp(1, state, comment);
    assertThat(text).contains("\"Exit_status\":\t1", "\"25[1].vm\"", comment);

    assertThat(read(text).lacks("25[1].vm")).isTrue();
    assertThat(read(text.replace("\"Exit_status\":\t1", "\"Exit_status\":\t0")).jobs()).isEmpty();
  }

  @Test
  void taskThatWaitsHasTheMarkAndTheHoldOfItsArray() {
    String text = madeUp(1, "Q", "Not Running");
    assertThat(read(text).get("25[1].vm").mark()).isEqualTo("-N arr -J 0-2");
    assertThat(read(text).get("25[1].vm").state()).isEqualTo(JobState.QUEUED);
    assertThat(read(text).get("25[1].vm").condition()).isEqualTo(Condition.NORMAL);

    String held = text.replace("\"Hold_Types\":\t\"n\"", "\"Hold_Types\":\t\"u\"");
    assertThat(read(held).get("25[1].vm").condition()).isEqualTo(Condition.HELD);
  }
}
