package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

class SacctListingTest {
  private static NativeStatus only(StatusListing listing) {
    assertThat(listing.jobs()).hasSize(1);
    return listing.jobs().values().iterator().next();
  }

  private static NativeStatus row(String row) {
    return only(SacctListing.parse(SlurmSample.result(0, row + "\n", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "bad-output, FAILED, REJECTED, ",
    "bad-workdir, COMPLETED, , 0",
    "badinterp, FAILED, EXIT_CODE, ",
    "cancelled-ignores-term, CANCELED, CANCELED_BY_USER, ",
    "cancelled-pending-by-root, CANCELED, CANCELED_BY_SCHEDULER, ",
    "cancelled-pending, CANCELED, CANCELED_BY_USER, ",
    "cancelled-running-by-root, CANCELED, CANCELED_BY_SCHEDULER, ",
    "cancelled-running, CANCELED, CANCELED_BY_USER, ",
    "cgroup-failed-exit3, FAILED, EXIT_CODE, ",
    "completed, COMPLETED, , 0",
    "deadline, FAILED, TIME_LIMIT, ",
    "dependency-killed, CANCELED, CANCELED_BY_SCHEDULER, ",
    "failed-exit3, FAILED, EXIT_CODE, ",
    "failed-exit137, FAILED, EXIT_CODE, ",
    "failed-exit255, FAILED, EXIT_CODE, ",
    "node-fail, FAILED, NODE_FAILURE, ",
    "oom-cgroup-in-step, COMPLETED, , 0",
    "oom-cgroup, FAILED, OUT_OF_MEMORY, ",
    "oom, FAILED, SIGNAL, 137",
    "purged, COMPLETED, , 0",
    "requeued-cancelled, CANCELED, CANCELED_BY_USER, ",
    "scancel-kill-full, CANCELED, CANCELED_BY_USER, ",
    "scancel-term-batch-exit0, COMPLETED, , 0",
    "signalled-kill, FAILED, SIGNAL, 137",
    "signalled-segv, FAILED, SIGNAL, 139",
    "signalled-term, FAILED, SIGNAL, 143",
    "step-failed-batch-ok, COMPLETED, , 0",
    "timeout, FAILED, TIME_LIMIT, ",
  })
  void endsAreTold(
      String sample, JobState state, @Nullable FailureCause cause, @Nullable Integer exitCode) {
    NativeStatus status = only(SacctListing.parse(SlurmSample.sacct(sample + ".sacct")));
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status.endTime()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-fail-requeued",
        "pending-held-admin",
        "requeue-held",
        "requeued-at-once",
        "requeued",
        "running",
        "special-exit",
        "suspended"
      })
  void whatIsNotKnownToHaveEndedIsNotFinal(String sample) {
    NativeStatus status = only(SacctListing.parse(SlurmSample.sacct(sample + ".sacct")));
    assertThat(status.isFinal()).isFalse();
    assertThat(status.state()).isNotNull();
    assertThat(status.endTime()).isNull();
  }

  @Test
  void anExitCodeWithoutItsHighestBitIsNotBelieved() {
    assertThat(row("1|FAILED|9:0|2026-01-01T00:00:00|1").reason()).isEqualTo("exit code 9 or 137");
    assertThat(row("1|FAILED|200:0|2026-01-01T00:00:00|1").reason()).isEqualTo("exit code 200");
  }

  @Test
  void anEndAtAnUnknownTimeIsNotYetOne() {
    NativeStatus status = row("1|CANCELLED|0:0|Unknown|1"); // by whom, comes with the time
    assertThat(status.isFinal()).isFalse();
    assertThat(status.nativeState()).isEqualTo("CANCELLED");
  }

  @Test
  void timesAreUtc() {
    assertThat(row("1|COMPLETED|0:0|2026-11-22T01:49:15|1").endTime())
        .isEqualTo(Instant.parse("2026-11-22T01:49:15Z"));
  }

  @Test
  void anArrayCancelledAsAWholeIsExpanded() {
    StatusListing listing = SacctListing.parse(SlurmSample.sacct("array-cancelled-pending.sacct"));
    assertThat(listing.jobs().keySet()).contains("108_0", "108_1", "108_2", "108_5");
    assertThat(listing.jobs().get("108_5").state()).isEqualTo(JobState.CANCELED);
  }

  @Test
  void tasksHaveIdsOfTheirOwn() {
    StatusListing listing = SacctListing.parse(SlurmSample.sacct("array-mixed.sacct"));
    assertThat(listing.jobs().keySet()).contains("58_0", "58_1", "58_2", "58_5");
    assertThat(listing.lacks("58_6")).isTrue();
  }

  @Test
  void tasksCancelledBeforeTheyWereStartedMayStillBePendingHere() {
    StatusListing listing = SacctListing.parse(SlurmSample.sacct("array-after-scancel.sacct"));
    assertThat(listing.jobs().get("58_3").isFinal()).isFalse();
  }

  @Test
  void aFirstRowWithoutTheNumberOfTheTaskIsNotTakenForATask() {
    StatusListing listing = SacctListing.parse(SlurmSample.sacct("array-exit-codes.sacct"));
    assertThat(listing.lacks("61_3")).isTrue();
  }

  @Test
  void aListOfTasksThatSlurmHasShortenedMayHoldAnyJob() {
    StatusListing listing =
        SacctListing.parse(SlurmSample.result(0, "5_[1,3,...]|PENDING|0:0|Unknown|1\n", ""));
    assertThat(listing.jobs()).isEmpty();
    assertThat(listing.lacks("5_9")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"error.dbd-down-sacct", "error.sacct-garbage", "error.sacct-bad-field"})
  void nobodyAskedIsNoListing(String sample) {
    assertThatThrownBy(() -> SacctListing.parse(SlurmSample.read(sample)))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void anUnknownJobIsNotThere() {
    assertThat(SacctListing.parse(SlurmSample.read("error.sacct-unknown")).lacks("999999"))
        .isTrue();
  }

  @Test
  void aRunningRowThatWillNeverChangeIsNoEnd() {
    assertThat(
            only(SacctListing.parse(SlurmSample.sacct("error.ctld-down-sacct-running"))).isFinal())
        .isFalse();
  }

  @Test
  void allAreAskedForAtOnceAndWhatCannotBeAnIdIsLeftOut() {
    assertThat(SacctListing.command(List.of("1", "--help", "2_3"))).contains("--jobs=1,2");
  }

  @Test
  void tasksAndComponentsAreLookedUpInTheWholeJob() {
    assertThat(SacctListing.command(List.of("8_1", "8_20", "9+1", "10"))).contains("--jobs=8,9,10");
  }

  @Test
  void aBadRowSpoilsOnlyItself() {
    StatusListing listing =
        SacctListing.parse(
            SlurmSample.result(
                0, "1|COMPLETED\n2|COMPLETED|0:0|Unknown|1\n3|FAILED|x|y|z\n4|COMP", ""));
    assertThat(listing.jobs()).containsOnlyKeys("2", "3");
    assertThat(listing.lacks("1")).isFalse();
    assertThat(listing.lacks("4")).isFalse();
  }

  @Test
  void aTruncatedListingNeverClaimsAnythingElse() {
    CommandResult whole = SlurmSample.sacct("array-mixed.sacct");
    StatusListing all = SacctListing.parse(whole);
    for (int end = 0; end < whole.stdout().length(); end++) {
      StatusListing part =
          SacctListing.parse(SlurmSample.result(0, whole.stdout().substring(0, end), ""));
      part.jobs()
          .forEach(
              (id, status) -> {
                NativeStatus told = all.jobs().get(id);
                assertThat(told).isNotNull();
                assertThat(status.state()).isEqualTo(told.state());
              });
    }
  }

  @Test
  void clusterWithoutAccountingKnowsNothing() {
    StatusListing listing = SacctListing.parse(SlurmSample.read("error.sacct-no-accounting"));
    assertThat(listing.jobs()).isEmpty();
    assertThat(listing.lacks("7")).isTrue();
  }
}
