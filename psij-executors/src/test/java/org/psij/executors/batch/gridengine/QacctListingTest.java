package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

final class QacctListingTest {
  private static StatusListing sample(String name) {
    return QacctListing.parse(Sample.of(name));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "qacct.exit0, 56, COMPLETED, -, 0",
        "qacct.after-failed, 77, COMPLETED, -, 0",
        "qacct.ended-while-qmaster-down, 144, COMPLETED, -, 0",
        "error.qmaster-down-qacct-known, 1, COMPLETED, -, 0",
        "qacct.exit3, 57, FAILED, EXIT_CODE, 3",
        "qacct.h_vmem, 71, FAILED, EXIT_CODE, 1",
        "qacct.exit137, 62, FAILED, -, 137",
        "qacct.sigsegv, 58, FAILED, SIGNAL, 139",
        "qacct.sigkill, 59, FAILED, SIGNAL, 137",
        "qacct.sigterm, 60, FAILED, SIGNAL, 143",
        "qacct.s_rt, 70, FAILED, SIGNAL, 138",
        "qacct.notify-qdel, 74, FAILED, SIGNAL, 137",
        "qacct.h_rt, 69, FAILED, TIME_LIMIT, 137",
        "qacct.h_cpu, 72, FAILED, TIME_LIMIT, 137",
        "qacct.qdel-forced, 142, FAILED, LOST, -",
        "qacct.exit99, 61, COMPLETED, -, 0",
        "qacct.resched-exit99-then-0, 230, COMPLETED, -, 0",
        "qacct.array, 53.3, COMPLETED, -, 0",
        "qacct.array-t2, 53.2, COMPLETED, -, 0",
        "qacct.array-exit-codes, 55.2, FAILED, EXIT_CODE, 2",
        "qacct.array-deleted-running, 232.1, FAILED, SIGNAL, 137",
        "qacct.eqw-deleted, 50, FAILED, REJECTED, -",
        "qacct.bad-shell, 52, FAILED, REJECTED, -",
        "qacct.exit100-deleted, 78, FAILED, EXIT_CODE, 100",
      })
  void recordTellsTheEnd(
      String file, String id, JobState state, FailureCause cause, Integer exitCode) {
    NativeStatus status = sample(file).get(id);
    assertThat(status).as("job %s in %s", id, sample(file).jobs()).isNotNull();
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qacct.resched",
        "qacct.resched-while-running",
        "resched.qacct-while-Rr",
      })
  void runThatWasNoEndSaysNothing(String name) {
    assertThat(sample(name).jobs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error.qacct-unknown",
        "error.qmaster-down-qacct",
        "qacct.qdel-pending",
        "pending.qacct",
      })
  void unknownJobIsMissing(String name) {
    assertThat(sample(name).jobs()).isEmpty();
    assertThat(sample(name).lacks("37")).isTrue();
  }

  @Test
  void unknownTaskIsMissing() {
    String words = "error: Job-array tasks 1.3-3:1 not found\n";
    assertThat(QacctListing.parse(Sample.result(1, "", words)).lacks("1.3")).isTrue();
  }

  @Test
  void endAfterANotificationIsThatOfTheLimit() {
    String record = Sample.of("qacct.h_rt").stdout().replace("137 ", "3   ");
    NativeStatus status = QacctListing.parse(Sample.result(0, record, "")).get("69");
    assertThat(status.cause()).isEqualTo(FailureCause.TIME_LIMIT);
    assertThat(status.exitCode()).isNull();
  }

  @Test
  void earlierRunsAreCounted() {
    assertThat(sample("qacct.exit99").get("61").restarts()).isEqualTo(1);
    assertThat(sample("qacct.exit0").get("56").restarts()).isNull();
  }

  @Test
  void endTimeIsUniversalTime() {
    assertThat(sample("qacct.exit0").get("56").endTime())
        .isEqualTo(Instant.parse("2026-11-22T01:47:03Z"));
    String early = Sample.of("qacct.exit0").stdout().replace("Sun Nov 22", "Mon Nov  2");
    assertThat(QacctListing.parse(Sample.result(0, early, "")).get("56").endTime())
        .isEqualTo("2026-11-02T01:47:03Z");
    String odd = early.replaceAll("end_time .*", "end_time     yesterday");
    assertThat(QacctListing.parse(Sample.result(0, odd, "")).get("56").endTime()).isNull();
  }

  @Test
  void limitIsNamed() {
    assertThat(sample("qacct.h_rt").get("69").reason()).contains("h_rt=2");
    assertThat(sample("qacct.sigkill").get("59").reason()).contains("signal 9", "deletion");
  }

  @ParameterizedTest
  @CsvSource({
    "h_rt=2, 2s, TIME_LIMIT",
    "h_rt=0:0:2, 3s, TIME_LIMIT",
    "h_rt=5, 2s, SIGNAL",
    "h_vmem=3M, 2s, OUT_OF_MEMORY",
    "h_vmem=4m, 2s, SIGNAL",
    "h_rt=nonsense, 2s, SIGNAL",
  })
  void killOfTheHostIsExplainedByALimit(String request, String took, FailureCause cause) {
    String record =
        Sample.of("qacct.sigkill")
            .stdout()
            .replaceAll("category .*", "category     -l " + request)
            .replaceAll("maxvmem .*", "maxvmem      3.438MB")
            .replaceAll("ru_wallclock .*", "ru_wallclock " + took);
    assertThat(QacctListing.parse(Sample.result(0, record, "")).get("59").cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "21 : in recognizing job, NODE_FAILURE",
    "19 : before writing exit_status, NODE_FAILURE",
  })
  void lostHostIsANodeFailure(String failed, FailureCause cause) {
    assertThat(withFailed(failed).get("56").cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 : assumedly before job", "8 : in prolog", "77", "nonsense"})
  void otherFailuresSayNothing(String failed) {
    assertThat(withFailed(failed).jobs()).isEmpty();
  }

  private static StatusListing withFailed(String failed) {
    String record = Sample.of("qacct.exit0").stdout();
    return QacctListing.parse(
        Sample.result(0, record.replaceAll("failed .*", "failed       " + failed), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "error: can't open accounting file", "Total System Usage\n 1 2 3"})
  void silenceOfTheAccountingSaysNothing(String text) {
    CommandResult empty = Sample.result(0, text, "");
    CommandResult failed = Sample.result(1, "", text);
    assertThatThrownBy(() -> QacctListing.parse(empty)).isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> QacctListing.parse(failed)).isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qacct.exit137",
        "qacct.exit99",
        "qacct.sigkill",
        "qacct.h_rt",
        "qacct.qdel-forced",
        "qacct.array-exit-codes"
      })
  void truncatedRecordNeverTellsAnotherEnd(String name) {
    String text = Sample.of(name).stdout();
    StatusListing whole = sample(name);
    for (int length = 0; length < text.length(); length++) {
      CommandResult answer = Sample.result(0, text.substring(0, length), "");
      try {
        QacctListing.parse(answer)
            .jobs()
            .forEach(
                (id, status) -> {
                  assertThat(status.state()).isEqualTo(whole.get(id).state());
                  assertThat(status.exitCode()).isEqualTo(whole.get(id).exitCode());
                });
      } catch (CommandException e) {
        assertThat(length).isLessThan(100);
      }
    }
  }
}
