package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.StatusLine;
import org.psij.executors.work.StatusLineSample;

final class BatchEvidenceTest {
  private static final String TIME = "1700000000.5 ";
  private static final Path FILES = Path.of("/shared/slurm/job");

  private boolean scripted = true;
  private @Nullable StatusLine word;
  private boolean cancelMark;
  private @Nullable NativeStatus scheduler;
  private boolean gone;
  private boolean graceOver;
  private boolean silent;
  private @Nullable String explanation;

  private BatchEvidence evidence() {
    return new BatchEvidence(
        scripted ? FILES : null,
        word,
        cancelMark,
        scheduler,
        gone,
        graceOver,
        silent,
        code -> explanation);
  }

  private JobStatus end() {
    return Objects.requireNonNull(evidence().end());
  }

  private void script(String line) {
    word = StatusLineSample.of(TIME + line);
  }

  private void schedulerSays(JobState state, @Nullable FailureCause cause, @Nullable Integer code) {
    scheduler = NativeStatus.builder("SAID", state).cause(cause).exitCode(code).build();
  }

  private void assertOpen() {
    assertThat(evidence().end()).isNull();
  }

  private void assertEnd(JobState state, @Nullable FailureCause cause, @Nullable Integer code) {
    JobStatus end = end();
    assertThat(end.getState()).isEqualTo(state);
    assertThat(end.getCause()).isEqualTo(cause);
    assertThat(end.getExitCode()).isEqualTo(code);
  }

  @Test
  void nothingKnownIsNoEnd() {
    assertOpen();
    assertThat(evidence().isUnexplained()).isFalse();
  }

  @Test
  void completedByTheScriptIsTheEndAtOnce() {
    script("COMPLETED exit=0 cleanup: cannot remove x");
    assertEnd(JobState.COMPLETED, null, 0);
    assertThat(end().getTime()).isEqualTo(Instant.parse("2023-11-14T22:13:20.500Z"));
    assertThat(end().getMessage()).isEqualTo("cleanup: cannot remove x");
  }

  @Test
  void completedByTheScriptStandsAgainstCancelMarkAndScheduler() {
    script("COMPLETED exit=0");
    cancelMark = true;
    gone = true;
    schedulerSays(JobState.CANCELED, null, null);
    assertEnd(JobState.COMPLETED, null, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 126, 127})
  void ordinaryExitCodeIsTheEndAtOnce(int code) {
    script("FAILED exit=" + code);
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, code);
  }

  @Test
  void ordinaryExitCodeStandsAgainstTheScheduler() {
    script("FAILED exit=3");
    schedulerSays(JobState.FAILED, FailureCause.TIME_LIMIT, null);
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 3);
    assertThat(end().getMetadata()).containsEntry(JobStatus.NATIVE_STATE, "SAID");
  }

  @Test
  void stagingFailureIsTheEndAtOnce() {
    script("FAILED stage-in: cannot COPY a to b");
    assertEnd(JobState.FAILED, FailureCause.STAGING, null);
  }

  @Test
  void launcherThatKnowsItsMessageIsTheCause() {
    script("FAILED exit=1");
    explanation = "mpirun has too few slots";
    assertEnd(JobState.FAILED, FailureCause.LAUNCHER, 1);
    assertThat(end().getMessage()).isEqualTo("mpirun has too few slots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FAILED exit=128",
        "FAILED exit=137",
        "FAILED exit=137 killed by SIGKILL",
        "FAILED exit=143 told to stop",
        "FAILED exit=3 told to stop",
      })
  void whatTheSchedulerMayExplainWaitsForItsWord(String line) {
    script(line);
    assertOpen();
    assertThat(evidence().isUnexplained()).isTrue();
    gone = true;
    assertOpen();
  }

  @Test
  void withoutAWordOfTheSchedulerTheScriptIsBelievedAfterGraceTime() {
    gone = true;
    graceOver = true;
    script("FAILED exit=137 killed by SIGKILL");
    assertOpen(); // the accounting has not been asked since
    silent = true;
    assertEnd(JobState.FAILED, FailureCause.SIGNAL, 137);
    script("FAILED exit=137");
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 137);
    assertThat(end().getMessage()).isEqualTo("exit code 137 (as after SIGKILL)");
    script("FAILED exit=3 told to stop");
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 3);
  }

  @Test
  void graceTimeDoesNotEndAJobThatIsStillListed() {
    graceOver = true;
    schedulerSays(JobState.ACTIVE, null, null);
    script("FAILED exit=143 told to stop");
    assertOpen();
    schedulerSays(JobState.QUEUED, null, null); // put back into the queue
    assertOpen();
  }

  @Test
  void schedulerThatIsLongInClearingUpIsNotWaitedForLonger() {
    scheduler =
        NativeStatus.builder("COMPLETING", JobState.ACTIVE)
            .condition(NativeStatus.Condition.ENDING)
            .build();
    script("FAILED exit=137");
    assertOpen();
    graceOver = true;
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 137);
    script("FAILED exit=143 told to stop");
    assertOpen(); // it may be on its way back into the queue
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureCause.class,
      names = {"TIME_LIMIT", "OUT_OF_MEMORY", "PREEMPTED", "NODE_FAILURE", "LAUNCHER", "REJECTED"})
  void causeThatOnlyTheSchedulerKnowsIsItsToTell(FailureCause cause) {
    schedulerSays(JobState.FAILED, cause, 1);
    assertEnd(JobState.FAILED, cause, 1);
    script("FAILED exit=143 told to stop; killed by SIGTERM");
    assertEnd(JobState.FAILED, cause, 143);
    assertThat(end().getMessage()).contains("SAID");
    assertThat(end().getTime()).isEqualTo(Instant.parse("2023-11-14T22:13:20.500Z"));
  }

  @Test
  void schedulerThatKnowsNoMoreThanTheScriptLeavesItItsWord() {
    script("FAILED exit=137 killed by SIGKILL");
    schedulerSays(JobState.FAILED, FailureCause.EXIT_CODE, 9);
    assertEnd(JobState.FAILED, FailureCause.SIGNAL, 137);
    schedulerSays(JobState.COMPLETED, null, 0);
    assertEnd(JobState.FAILED, FailureCause.SIGNAL, 137);
  }

  @Test
  void cancelMarkEndsTheJobOnceItHasLeft() {
    cancelMark = true;
    assertOpen();
    schedulerSays(JobState.ACTIVE, null, null);
    assertOpen();
    gone = true;
    assertEnd(JobState.CANCELED, FailureCause.CANCELED_BY_USER, null);
  }

  @ParameterizedTest
  @CsvSource({"FAILED exit=143 told to stop,143", "FAILED exit=3,3", "FAILED exit=137,137"})
  void cancelMarkOutweighsAnyFailure(String line, int code) {
    cancelMark = true;
    script(line);
    assertOpen();
    assertThat(evidence().isUnexplained()).isTrue();
    schedulerSays(JobState.FAILED, FailureCause.TIME_LIMIT, 1);
    assertEnd(JobState.CANCELED, FailureCause.CANCELED_BY_USER, code);
  }

  @Test
  void jobThatWasCanceledInTheQueueIsCanceledWhenTheSchedulerSaysSo() {
    cancelMark = true;
    schedulerSays(JobState.CANCELED, null, null);
    assertEnd(JobState.CANCELED, FailureCause.CANCELED_BY_USER, null);
  }

  @Test
  void canceledWithoutAMarkIsTheSchedulersDoing() {
    schedulerSays(JobState.CANCELED, FailureCause.CANCELED_BY_USER, null);
    assertEnd(JobState.CANCELED, FailureCause.CANCELED_BY_USER, null);
    schedulerSays(JobState.CANCELED, null, null);
    assertOpen(); // the accounting may know who did it
    graceOver = true;
    assertOpen();
    silent = true;
    assertEnd(JobState.CANCELED, FailureCause.CANCELED_BY_SCHEDULER, null);
  }

  @Test
  void jobThatNobodyKnowsIsLostOnlyWhenAllHaveBeenAskedInVain() {
    gone = true;
    assertOpen();
    graceOver = true;
    assertOpen(); // the accounting has not been asked, or did not answer
    silent = true;
    assertEnd(JobState.FAILED, FailureCause.LOST, null);
    gone = false;
    assertOpen();
  }

  @Test
  void completedByTheSchedulerWaitsForTheLateStatusFile() {
    gone = true;
    schedulerSays(JobState.COMPLETED, null, 0);
    assertOpen();
    script("FAILED exit=0 stage-out: there is no x");
    assertEnd(JobState.FAILED, FailureCause.STAGING, 0);
  }

  @Test
  void completedByTheSchedulerIsBelievedWhenNoStatusFileComes() {
    gone = true;
    graceOver = true;
    schedulerSays(JobState.COMPLETED, null, 0);
    assertEnd(JobState.COMPLETED, null, 0);
  }

  @Test
  void failedByTheSchedulerWaitsForTheTrueExitCodeOfTheScript() {
    schedulerSays(JobState.FAILED, null, 1);
    assertOpen();
    script("FAILED exit=99");
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 99);
  }

  @Test
  void failedByTheSchedulerAloneIsToldAfterGraceTime() {
    graceOver = true;
    schedulerSays(JobState.FAILED, null, 5);
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 5);
    schedulerSays(JobState.FAILED, null, null);
    assertOpen(); // the accounting may know the exit code
    silent = true;
    assertEnd(JobState.FAILED, FailureCause.LOST, null);
    schedulerSays(JobState.FAILED, FailureCause.SIGNAL, 137);
    assertEnd(JobState.FAILED, FailureCause.SIGNAL, 137);
  }

  @Test
  void foreignJobEndsAsTheSchedulerSaysAtOnce() {
    scripted = false;
    schedulerSays(JobState.COMPLETED, null, 0);
    assertEnd(JobState.COMPLETED, null, 0);
    schedulerSays(JobState.FAILED, null, 4);
    assertEnd(JobState.FAILED, FailureCause.EXIT_CODE, 4);
  }

  @Test
  void foreignJobThatFailedWaitsForItsExitCode() {
    scripted = false;
    schedulerSays(JobState.FAILED, null, null);
    assertOpen();
    graceOver = true;
    silent = true;
    assertEnd(JobState.FAILED, FailureCause.LOST, null);
  }

  @Test
  void unknownNativeStateIsNoEnd() {
    scheduler = NativeStatus.builder("NOVEL", null).build();
    graceOver = true;
    assertOpen();
  }

  @Test
  void timeOfTheEndIsThatOfTheSchedulerWhereTheScriptIsSilent() {
    Instant time = Instant.parse("2024-01-02T03:04:05Z");
    scheduler =
        NativeStatus.builder("TIMEOUT", JobState.FAILED)
            .cause(FailureCause.TIME_LIMIT)
            .endTime(time)
            .reason("TimeLimit")
            .build();
    assertThat(end().getTime()).isEqualTo(time);
    assertThat(end().getMessage())
        .isEqualTo("ended because its walltime was over (the scheduler says TIMEOUT: TimeLimit)");
  }
}
