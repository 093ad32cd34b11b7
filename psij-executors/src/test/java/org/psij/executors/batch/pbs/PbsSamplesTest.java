package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.psij.JobState;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

/** What two versions of OpenPBS have printed, for every state and in every trouble. */
final class PbsSamplesTest {
  private static final String FOLDER = "samples";
  private static final Set<Integer> QSTAT_KNOWS_NOTHING = Set.of(255);

  private final PbsScheduler scheduler = new PbsScheduler();

  static List<String> qstatSamples() {
    return Sample.names(FOLDER).stream()
        .filter(name -> Sample.read(FOLDER, name).command().contains("json"))
        .toList();
  }

  private static List<String> namesOf(String command) {
    return Sample.names(FOLDER).stream()
        .filter(name -> Sample.read(FOLDER, name).command().get(0).equals(command))
        .toList();
  }

  static List<String> nastySamples() {
    return qstatSamples().stream().filter(name -> name.contains("nasty")).toList();
  }

  static List<String> qsubSamples() {
    return namesOf("qsub");
  }

  static List<String> qdelSamples() {
    return namesOf("qdel");
  }

  private StatusListing listing(String sample) {
    return scheduler.parseStatus(Sample.read(FOLDER, sample));
  }

  private static String describe(NativeStatus status) {
    return status.state()
        + " "
        + status.condition()
        + " "
        + status.cause()
        + " "
        + status.exitCode()
        + " "
        + status.restarts();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          state-after-qrerun | ACTIVE NORMAL null null 1
          state-bad-shell | FAILED NORMAL EXIT_CODE 254 0
          state-deleted-running-ignores-term | CANCELED NORMAL CANCELED_BY_USER 143 0
          state-deleted-running-traps-term-exit7 | CANCELED NORMAL CANCELED_BY_USER 143 0
          state-deleted-while-held | CANCELED NORMAL CANCELED_BY_USER null null
          state-deleted-while-queued | CANCELED NORMAL CANCELED_BY_USER null null
          state-deleted-while-running | CANCELED NORMAL CANCELED_BY_USER 143 0
          state-dependency-failed | CANCELED NORMAL CANCELED_BY_SCHEDULER null null
          state-exiting-ignores-term | ACTIVE NORMAL null null 0
          state-exiting-right-after-qdel | ACTIVE NORMAL null null 0
          state-finished-command-not-found | FAILED NORMAL EXIT_CODE 127 0
          state-finished-exit255 | FAILED NORMAL EXIT_CODE 255 0
          state-finished-exit3 | FAILED NORMAL EXIT_CODE 3 0
          state-finished-ok | COMPLETED NORMAL null 0 0
          state-finished-self-sigkill | FAILED NORMAL SIGNAL 137 0
          state-finished-self-sigterm | FAILED NORMAL SIGNAL 143 0
          state-held | QUEUED HELD null null null
          state-held-by-dependency | QUEUED HELD null null null
          state-immediately-after-qsub | ACTIVE ENDING null null 0
          state-killed-by-walltime | FAILED NORMAL TIME_LIMIT null 0
          state-queued | QUEUED NORMAL null null null
          state-queued-can-never-run | QUEUED NORMAL null null null
          state-queued-in-stopped-queue | QUEUED NORMAL null null null
          state-running | ACTIVE NORMAL null null 0
          state-running-substate41-early | ACTIVE NORMAL null null 0
          state-undeliverable-output | COMPLETED NORMAL null 0 0
          state-waiting-W | QUEUED NORMAL null null null
          array-begun | ACTIVE NORMAL null null null
          array-running | ACTIVE NORMAL null null null
          array-finished | FAILED NORMAL EXIT_CODE 1 null
          array-subjob | FAILED NORMAL EXIT_CODE 1 0
          v23-running | ACTIVE NORMAL null null 0
          v23-two-known | COMPLETED NORMAL null 0 0
          qstat-two-known | COMPLETED NORMAL null 0 0
          qstat-same-id-twice | COMPLETED NORMAL null 0 0
          """)
  void stateIsWhatTheNameOfTheSampleSays(String sample, String expected) {
    StatusListing listing = listing(sample);
    String id = Sample.read(FOLDER, sample).command().get(5);

    assertThat(describe(listing.get(id))).isEqualTo(expected);
    assertThat(listing.lacks("1234.vm")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("nastySamples")
  void oddEnvironmentsHideNoJob(String sample) {
    StatusListing listing = listing(sample);

    assertThat(listing.jobs()).hasSize(1);
    assertThat(describe(listing.jobs().values().iterator().next()))
        .isEqualTo("QUEUED HELD null null null");
    assertThat(listing.lacks("1234.vm")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "state-after-qdel-x, 4.vm",
    "state-finished-ok-without-x, 4.vm",
    "qstat-known-finished-and-running-no-x, 26.vm",
    "err-qstat-unknown, 99999.vm",
    "err-qstat-known-and-unknown, 99999.vm",
    "err-qstat-unknown-first, 99999.vm",
    "err-qstat-malformed, abc",
    "err-qstat-other-server, 1.nosuchserver",
    "v23-unknown, 99999.vm",
    "v23-unknown-and-known, 99999.vm",
    "v23-finished-without-x, 171.vm",
    "v23-running-and-finished-no-x, 171.vm",
    "v23-malformed, abc",
    "v23-no-jobs, 1.vm",
    "qstat-all-json, 1.vm"
  })
  void unknownAndFinishedJobsAreNotInTheListing(String sample, String id) {
    assertThat(listing(sample).lacks(id)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "err-qstat-known-and-unknown, 26.vm, COMPLETED",
    "err-qstat-unknown-first, 26.vm, COMPLETED",
    "v23-unknown-and-known, 171.vm, COMPLETED",
    "v23-running-and-finished-no-x, 172.vm, ACTIVE",
    "qstat-bare-number, 26, COMPLETED",
    "qstat-bare-number, 26.vm, COMPLETED"
  })
  void knownJobsAreInTheListing(String sample, String id, JobState state) {
    assertThat(listing(sample).get(id).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"err-no-server-qstat", "err-no-such-server-host", "err-server-down-qstat"})
  void serverThatIsDownSaysNothingAboutJobs(String sample) {
    CommandResult result = Sample.read(FOLDER, sample);

    assertThat(QSTAT_KNOWS_NOTHING).contains(result.exitCode());
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> scheduler.parseStatus(result));
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> scheduler.parseAccounting(result));
  }

  @ParameterizedTest
  @MethodSource("qstatSamples")
  void everySampleIsEitherReadOrRefused(String sample) {
    CommandResult result = Sample.read(FOLDER, sample);
    try {
      scheduler
          .parseStatus(result)
          .jobs()
          .values()
          .forEach(job -> assertThat(job.state()).isNotNull());
    } catch (CommandException e) {
      assertThat(result.exitCode()).isEqualTo(255);
    }
  }

  @Test
  void jobsOfAnArrayAreToldApart() {
    StatusListing listing = listing("array-finished-t");

    assertThat(listing.jobs().keySet())
        .containsExactly("25[].vm", "25[0].vm", "25[1].vm", "25[2].vm");
    assertThat(listing.get("25[0].vm").state()).isEqualTo(JobState.COMPLETED);
    assertThat(listing.get("25[2].vm").exitCode()).isEqualTo(2);
    assertThat(listing("array-deleted-t").get("917[3].vm").state()).isEqualTo(JobState.CANCELED);
    assertThat(listing("array-begun-t").get("25[].vm").isFinal()).isTrue();
  }

  @Test
  void reasonEndAndMarkAreKept() {
    NativeStatus walltime = listing("state-killed-by-walltime").get("19.vm");

    assertThat(walltime.reason()).contains("exceeded resource walltime");
    assertThat(walltime.endTime()).hasToString("2026-11-22T00:53:06Z");
    assertThat(walltime.mark()).isEqualTo("-N wall -l walltime=5");
    assertThat(walltime.nativeState()).isEqualTo("F");
    assertThat(listing("state-queued-can-never-run").get("22.vm").reason())
        .startsWith("Can Never Run");
    assertThat(listing("state-held").get("12.vm").reason()).isEqualTo("held by the user");
    assertThat(listing("state-held-by-dependency").get("24.vm").reason()).contains("depends");
    assertThat(listing("state-held").get("12.vm").condition()).isEqualTo(Condition.HELD);
    assertThat(listing("nasty-args").jobs().values().iterator().next().mark()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("qsubSamples")
  void qsubTellsTheIdOrIsRefused(String sample) {
    CommandResult result = Sample.read(FOLDER, sample);
    if (result.exitCode() == 0) {
      assertThat(scheduler.parseSubmission(result)).matches("\\d+(\\[\\])?\\.vm");
      return;
    }
    boolean down = result.exitCode() == 162;

    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.parseSubmission(result))
        .withMessageContaining(result.complaint())
        .withCauseInstanceOf(CommandException.class)
        .satisfies(e -> assertThat(e.isTransient()).isEqualTo(down))
        .satisfies(e -> assertThat(e.isOutcomeUnknown()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("qdelSamples")
  void qdelMindsOnlyJobsThatStay(String sample) {
    CommandResult result = Sample.read(FOLDER, sample);
    switch (result.exitCode()) {
      case 0, 35, 153 ->
          assertThatCode(() -> scheduler.checkCancellation(result)).doesNotThrowAnyException();
      default ->
          assertThatExceptionOfType(SubmitException.class)
              .isThrownBy(() -> scheduler.checkCancellation(result))
              .satisfies(e -> assertThat(e.isTransient()).isEqualTo(result.exitCode() == 162));
    }
  }

  @Test
  void qselectIsListed() {
    assertThat(scheduler.parseList(Sample.read(FOLDER, "qselect")))
        .startsWith("0.vm", "1.vm")
        .contains("25[].vm")
        .hasSize(31);
    assertThat(scheduler.listCommand("me"))
        .containsExactly("qselect", "-T", "-s", "EHQRSTUW", "-u", "me");
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(
            () ->
                scheduler.parseList(Sample.result("qselect -u me", 162, "", "Connection refused")));
  }

  @Test
  void serverWithoutHistoryHasNoAccounting() {
    CommandResult result =
        Sample.result(
            "qstat -x -E -f -F json 1.vm",
            36,
            "",
            "qstat: job_history_enable is set to false 1.vm");

    assertThat(scheduler.parseAccounting(result).jobs()).isEqualTo(Map.of());
  }
}
