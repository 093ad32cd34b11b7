package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

class SqueueListingTest {
  private static NativeStatus only(StatusListing listing) {
    assertThat(listing.jobs()).hasSize(1);
    return listing.jobs().values().iterator().next();
  }

  private static NativeStatus row(String row) {
    return only(SqueueListing.parse(SlurmSample.result(0, row + "\n", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "bad-output, FAILED, ",
    "bad-workdir, COMPLETED, ",
    "badinterp, FAILED, EXIT_CODE",
    "cancelled-ignores-term, CANCELED, ",
    "cancelled-pending-by-root, CANCELED, ",
    "cancelled-pending, CANCELED, ",
    "cancelled-running-by-root, CANCELED, ",
    "cancelled-running, CANCELED, ",
    "cgroup-failed-exit3, FAILED, EXIT_CODE",
    "completed-cgroup, COMPLETED, ",
    "completed, COMPLETED, ",
    "deadline, FAILED, TIME_LIMIT",
    "dependency-killed, CANCELED, CANCELED_BY_SCHEDULER",
    "ended-while-ctld-down, COMPLETED, ",
    "ended-while-dbd-down, COMPLETED, ",
    "failed-exit137, FAILED, EXIT_CODE",
    "failed-exit255, FAILED, EXIT_CODE",
    "failed-exit3, FAILED, EXIT_CODE",
    "node-fail-later, FAILED, NODE_FAILURE",
    "node-fail, FAILED, NODE_FAILURE",
    "oom-cgroup-in-step, COMPLETED, ",
    "oom-cgroup, FAILED, OUT_OF_MEMORY",
    "oom, FAILED, ",
    "requeued-cancelled, CANCELED, ",
    "scancel-kill-full, CANCELED, ",
    "scancel-term-batch-exit0, COMPLETED, ",
    "signalled-kill, FAILED, ",
    "signalled-segv, FAILED, ",
    "signalled-term, FAILED, ",
    "step-failed-batch-ok, COMPLETED, ",
    "timeout, FAILED, TIME_LIMIT",
  })
  void endsAreTold(String sample, JobState state, @Nullable FailureCause cause) {
    NativeStatus status = only(SqueueListing.parse(SlurmSample.squeue(sample + ".squeue")));
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.exitCode())
        .isEqualTo(state == JobState.COMPLETED ? Integer.valueOf(0) : null);
    assertThat(status.endTime()).isNotNull();
    assertThat(status.condition()).isEqualTo(Condition.NORMAL);
  }

  @ParameterizedTest
  @CsvSource({
    "array-held, QUEUED, HELD, JobHeldUser: held by the user",
    "completing-trapped, ACTIVE, ENDING, its nodes are being cleared up",
    "completing, ACTIVE, ENDING, its nodes are being cleared up",
    "node-fail-requeued, QUEUED, NORMAL, BeginTime: it is not yet to be started",
    "node-not-responding, ACTIVE, NORMAL, ",
    "pending-begin-time, QUEUED, NORMAL, BeginTime: it is not yet to be started",
    "pending-deadline, QUEUED, NORMAL, Resources: it waits for resources",
    "pending-dependency-never-satisfied, QUEUED, NORMAL, DependencyNeverSatisfied: what it waits"
        + " for can no longer happen",
    "pending-dependency, QUEUED, NORMAL, Dependency: it waits for another job",
    "pending-held-admin, QUEUED, HELD, JobHeldAdmin: held by an administrator",
    "pending-held-user, QUEUED, HELD, JobHeldUser: held by the user",
    "pending-node-down, QUEUED, NORMAL, 'ReqNodeNotAvail, UnavailableNodes:n4: a node that it asks"
        + " for is not available'",
    "pending-partition-node-limit, QUEUED, NORMAL, PartitionNodeLimit: more nodes than the"
        + " partition allows or has",
    "pending-partition-time-limit, QUEUED, NORMAL, PartitionTimeLimit: longer than the partition"
        + " allows",
    "pending-priority, QUEUED, NORMAL, Priority: others go first",
    "pending-resources, QUEUED, NORMAL, Resources: it waits for resources",
    "pending-too-many-cpus, QUEUED, NORMAL, PartitionConfig: the partition can never run it as it"
        + " is",
    "requeue-held, QUEUED, HELD, job requeued in held state",
    "requeued-at-once, ACTIVE, ENDING, its nodes are being cleared up",
    "requeued, QUEUED, NORMAL, BeginTime: it is not yet to be started",
    "running, ACTIVE, NORMAL, ",
    "special-exit, QUEUED, HELD, job requeued in held state",
    "suspended, ACTIVE, SUSPENDED, suspended",
  })
  void whatHasNotEndedHasNeitherCauseNorEnd(
      String sample, JobState state, Condition condition, @Nullable String reason) {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue(sample + ".squeue"));
    assertThat(listing.jobs())
        .allSatisfy(
            (id, status) -> {
              assertThat(status.state()).isEqualTo(state);
              assertThat(status.condition()).isEqualTo(condition);
              assertThat(status.reason()).isEqualTo(reason);
              assertThat(status.cause()).isNull();
              assertThat(status.endTime()).isNull();
            })
        .isNotEmpty();
  }

  @Test
  void oneOfSeveralReasonsMayBeAHold() {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue("array-one-task-held.squeue"));
    assertThat(listing.jobs().keySet()).containsExactly("108_0", "108_1", "108_2", "108_5");
    assertThat(listing.jobs().values()).allMatch(status -> status.condition() == Condition.HELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"launch failed requeued held", "launch_failed_requeued_held"})
  void aHoldMayBeWrittenWithUnderscores(String reason) {
    assertThat(row("1|PENDING|N/A|" + reason + "|/x").condition()).isEqualTo(Condition.HELD);
  }

  @Test
  void aNodeWhoseNameSoundsLikeAHoldIsNone() {
    assertThat(row("1|PENDING|N/A|ReqNodeNotAvail, UnavailableNodes:held1|/x").condition())
        .isEqualTo(Condition.NORMAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"array-mixed.squeue", "array-mixed.squeue-r"})
  void tasksOfAnArrayHaveIdsOfTheirOwn(String sample) {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue(sample));
    assertThat(listing.jobs().keySet())
        .containsExactlyInAnyOrder("58_0", "58_1", "58_2", "58_3", "58_4", "58_5");
    assertThat(listing.jobs().get("58_0").state()).isEqualTo(JobState.ACTIVE);
    assertThat(listing.jobs().get("58_5").state()).isEqualTo(JobState.QUEUED);
    assertThat(listing.lacks("58_6")).isTrue();
  }

  @Test
  void tasksCancelledBeforeTheyWereStartedAreGone() {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue("array-after-scancel.squeue"));
    assertThat(listing.jobs()).containsOnlyKeys("58_0", "58_1", "58_2");
    assertThat(listing.lacks("58_3")).isTrue();
  }

  @Test
  void tasksOfAnArrayEndOneByOne() {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue("array-exit-codes.squeue"));
    assertThat(listing.jobs().get("61_0").state()).isEqualTo(JobState.COMPLETED);
    assertThat(listing.jobs().get("61_3").state()).isEqualTo(JobState.FAILED);
  }

  @Test
  void componentsOfAHeterogeneousJobDoNotSpoilTheListing() {
    StatusListing listing = SqueueListing.parse(SlurmSample.squeue("het-running.squeue"));
    assertThat(listing.jobs()).hasSize(2);
    assertThat(listing.lacks("1")).isTrue();
    listing.jobs().keySet().forEach(id -> assertThat(listing.lacks(SlurmIds.whole(id))).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "purged.squeue",
        "error.squeue-unknown",
        "error.squeue-unknown-two",
        "error.squeue-array-unknown-task",
        "error.squeue-garbage"
      })
  void anUnknownJobIsNotThere(String sample) {
    StatusListing listing = SqueueListing.parse(SlurmSample.read(sample));
    assertThat(listing.jobs()).isEmpty();
    assertThat(listing.lacks("999999")).isTrue();
  }

  @Test
  void aPurgedJobIsNotThereAndTheOtherIs() {
    StatusListing listing =
        SqueueListing.parse(SlurmSample.squeue("error.squeue-purged-and-known"));
    assertThat(listing.lacks("27")).isTrue();
    assertThat(listing.jobs()).containsOnlyKeys("71");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error.ctld-down-squeue", "error.conf-missing"})
  void nobodyAskedIsNoListing(String sample) {
    assertThatThrownBy(() -> SqueueListing.parse(SlurmSample.read(sample)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("error");
    assertThatThrownBy(() -> SqueueListing.parseIds(SlurmSample.read(sample)))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void anIdRefusedAmongSeveralSaysNothingAboutTheOthers() {
    CommandResult result =
        new CommandResult(
            SqueueListing.command(List.of("1", "2")),
            1,
            "",
            "squeue: error: Invalid job id: 2\n",
            Duration.ZERO);
    assertThatThrownBy(() -> SqueueListing.parse(result)).isInstanceOf(CommandException.class);
  }

  @Test
  void anErrorWithExitCodeZeroIsNoEmptyListing() {
    CommandResult result =
        SlurmSample.result(
            0, "", "slurm_load_jobs error: Socket timed out on send/recv operation\n");
    assertThatThrownBy(() -> SqueueListing.parse(result)).isInstanceOf(CommandException.class);
  }

  @Test
  void whatCannotBeAnIdIsNotAskedForAndSpoilsNothing() {
    assertThat(
            SqueueListing.command(List.of("1", "abc", "2_3", "99999999999", "4_999999999", "5+1")))
        .contains("--jobs=1,2_3,5+1");
    assertThat(SqueueListing.command(List.of("abc", "x,y"))).contains("--jobs=abc");
  }

  @Test
  void aBadRowSpoilsOnlyItself() {
    StatusListing listing =
        SqueueListing.parse(
            SlurmSample.result(
                0, "1|RUNNING|N/A|None|/a\n2|\n3||N/A|None|/a\n4|COMPLETED|N/A|None|/b|c\n", ""));
    assertThat(listing.jobs()).containsOnlyKeys("1", "4");
    assertThat(listing.lacks("2")).isFalse();
    assertThat(listing.lacks("3")).isFalse();
    assertThat(listing.lacks("5")).isTrue();
    assertThat(listing.jobs().get("4").mark()).isEqualTo("/b|c");
  }

  @Test
  void aRowWithoutAnIdMayBeThatOfAnyJob() {
    StatusListing listing =
        SqueueListing.parse(SlurmSample.result(0, "garbage\n1|RUNNING|N/A|None|/a\n", ""));
    assertThat(listing.jobs()).containsOnlyKeys("1");
    assertThat(listing.lacks("2")).isFalse();
  }

  @Test
  void headersOfClustersAreNoRows() {
    StatusListing listing =
        SqueueListing.parse(
            SlurmSample.result(0, "CLUSTER: other\n1|RUNNING|N/A|None|/a\n", "a warning\n"));
    assertThat(listing.jobs()).containsOnlyKeys("1");
    assertThat(listing.lacks("2")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BOOT_FAIL, FAILED, NODE_FAILURE, NORMAL",
    "CANCELLED, CANCELED, , NORMAL",
    "COMPLETED, COMPLETED, , NORMAL",
    "CONFIGURING, QUEUED, , NORMAL",
    "COMPLETING, ACTIVE, , ENDING",
    "DEADLINE, FAILED, TIME_LIMIT, NORMAL",
    "FAILED, FAILED, , NORMAL",
    "NODE_FAIL, FAILED, NODE_FAILURE, NORMAL",
    "OUT_OF_MEMORY, FAILED, OUT_OF_MEMORY, NORMAL",
    "PENDING, QUEUED, , NORMAL",
    "PREEMPTED, FAILED, PREEMPTED, NORMAL",
    "RUNNING, ACTIVE, , NORMAL",
    "RESV_DEL_HOLD, QUEUED, , HELD",
    "REQUEUE_FED, QUEUED, , NORMAL",
    "REQUEUE_HOLD, QUEUED, , HELD",
    "REQUEUED, QUEUED, , NORMAL",
    "RESIZING, ACTIVE, , NORMAL",
    "REVOKED, , , NORMAL",
    "SIGNALING, ACTIVE, , NORMAL",
    "SPECIAL_EXIT, QUEUED, , HELD",
    "STAGE_OUT, ACTIVE, , ENDING",
    "STOPPED, ACTIVE, , SUSPENDED",
    "SUSPENDED, ACTIVE, , SUSPENDED",
    "TIMEOUT, FAILED, TIME_LIMIT, NORMAL",
    "SOMETHING_NEW, , , NORMAL",
    "COMPLETE, , , NORMAL",
  })
  void allStatesOfTheManualPageAreKnown(
      String name, @Nullable JobState state, @Nullable FailureCause cause, Condition condition) {
    NativeStatus status = row("7|" + name + "|N/A|None|/x");
    assertThat(status.nativeState()).isEqualTo(name);
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.condition()).isEqualTo(condition);
  }

  @Test
  void newerVersionsNameTheSignal() {
    NativeStatus status = row("7|FAILED|2026-01-01T00:00:00|RaisedSignal:9(Killed)|/x");
    assertThat(status.cause()).isEqualTo(FailureCause.SIGNAL);
    assertThat(status.exitCode()).isEqualTo(137);
    assertThat(status.endTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void aJobRefusedLateIsRejected() {
    assertThat(
            only(SqueueListing.parse(SlurmSample.squeue("error.rejected-leaves-a-record"))).cause())
        .isEqualTo(FailureCause.REJECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "array-mixed", "timeout", "pending-node-down"})
  void aTruncatedListingNeverClaimsAnythingElse(String sample) {
    CommandResult whole = SlurmSample.squeue(sample + ".squeue");
    StatusListing all = SqueueListing.parse(whole);
    for (int end = 0; end < whole.stdout().length(); end++) {
      String part = whole.stdout().substring(0, end);
      StatusListing listing = SqueueListing.parse(SlurmSample.result(0, part, ""));
      listing
          .jobs()
          .forEach(
              (id, status) -> {
                NativeStatus told = all.jobs().get(id);
                assertThat(told).isNotNull();
                assertThat(status.state()).isEqualTo(told.state());
              });
      boolean cut = !part.isEmpty() && !part.endsWith("\n");
      assertThat(listing.lacks("1")).isEqualTo(!cut);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "|||||\n",
        "\0\0\0\n",
        "1_[\n",
        "1_[0-9999999]|RUNNING|N/A|None|/x\n",
        "1_[9-2:0]|RUNNING|N/A|None|/x\n",
        "1_[1,...]|RUNNING|N/A|None|/x\n",
        "99999999999999999999|COMPLETED|N/A|None|/x\n"
      })
  void garbageIsNoJob(String output) {
    assertThat(SqueueListing.parse(SlurmSample.result(0, output, "")).jobs()).isEmpty();
  }

  @Test
  void idsAreListed() {
    assertThat(
            SqueueListing.parseIds(SlurmSample.result(0, "12\n13_4\nwarning: x\n 14 \n15+0\n", "")))
        .containsExactly("12", "13_4", "14", "15+0");
  }

  @Test
  void halfAListOfIdsIsNone() {
    assertThatThrownBy(() -> SqueueListing.parseIds(SlurmSample.result(0, "12\n13_4\n9", "")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("did not list all jobs");
  }
}
