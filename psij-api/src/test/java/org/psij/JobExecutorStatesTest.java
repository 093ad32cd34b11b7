package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.CANCELED;
import static org.psij.JobState.CLEANUP;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;
import static org.psij.JobState.NEW;
import static org.psij.JobState.QUEUED;
import static org.psij.JobState.STAGE_IN;
import static org.psij.JobState.STAGE_OUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobExecutorStatesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final RecordingExecutor executor = RecordingExecutor.open(Runnable::run);
  private final List<JobStatus> seen = new ArrayList<>();
  private final Job job = RecordingExecutor.job();

  @BeforeEach
  void listen() {
    job.setJobStatusCallback((same, status) -> seen.add(status));
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private void submitAndTell(JobState... states) {
    executor.submit(job);
    executor.tell(job, states);
  }

  private List<JobState> states() {
    return seen.stream().map(JobStatus::getState).toList();
  }

  private List<Instant> times() {
    return seen.stream().map(JobStatus::getTime).toList();
  }

  @Test
  void theWholeWayIsReportedAsItIs() {
    submitAndTell(QUEUED, STAGE_IN, ACTIVE, STAGE_OUT, CLEANUP, COMPLETED);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, STAGE_OUT, CLEANUP, COMPLETED);
    assertThat(job.getStatus()).isEqualTo(seen.get(5));
  }

  @Test
  void completedIsPrecededByEveryState() {
    submitAndTell(COMPLETED);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, STAGE_OUT, CLEANUP, COMPLETED);
  }

  @Test
  void statesBeforeOneThatWasReachedAreFilledIn() {
    submitAndTell(ACTIVE, CLEANUP);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, STAGE_OUT, CLEANUP);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "CANCELED"})
  void failedAndCanceledArePrecededByQueuedOnly(JobState end) {
    submitAndTell(end);

    assertThat(states()).containsExactly(QUEUED, end);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "CANCELED"})
  void failedAndCanceledFillInNothingWhileActive(JobState end) {
    submitAndTell(ACTIVE, end);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, end);
  }

  @Test
  void cancelledInTheQueueReportsQueuedThenCanceled() {
    submitAndTell(QUEUED, CANCELED);

    assertThat(states()).containsExactly(QUEUED, CANCELED);
  }

  @Test
  void duplicatesAreDropped() {
    submitAndTell(QUEUED, QUEUED, ACTIVE, ACTIVE, ACTIVE, COMPLETED, COMPLETED);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, STAGE_OUT, CLEANUP, COMPLETED);
  }

  @Test
  void lateStatesAreDropped() {
    submitAndTell(ACTIVE, QUEUED, STAGE_IN);

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE);
    assertThat(job.getStatus().getState()).isEqualTo(ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELED"})
  void nothingFollowsAFinalState(JobState end) {
    submitAndTell(end);
    JobStatus last = job.getStatus();
    seen.clear();
    executor.tell(job, QUEUED, ACTIVE, COMPLETED, FAILED, CANCELED);
    executor.tell(job, JobStatus.builder(end).metadata(JobStatus.EVENT, "requeue"));

    assertThat(seen).isEmpty();
    assertThat(job.getStatus()).isSameAs(last);
  }

  @Test
  void newCannotBeReported() {
    executor.submit(job);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.tell(job, NEW))
        .withMessageContaining(job.getId());
  }

  @Test
  void filledInStatesHaveTheTimeOfTheNextKnownOne() {
    executor.submit(job);
    executor.tell(job, JobStatus.builder(ACTIVE).time(NOON));

    assertThat(times()).containsExactly(NOON, NOON, NOON);
  }

  @Test
  void timesNeverGoBackwards() {
    executor.submit(job);
    executor.tell(job, JobStatus.builder(QUEUED).time(NOON));
    executor.tell(job, JobStatus.builder(ACTIVE).time(NOON.minusSeconds(5)));
    executor.tell(job, JobStatus.builder(FAILED).time(NOON.plusSeconds(1)).exitCode(3));

    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE, FAILED);
    assertThat(times()).containsExactly(NOON, NOON, NOON, NOON.plusSeconds(1));
    assertThat(job.getStatus().getExitCode()).isEqualTo(3);
  }

  @Test
  void timesOfEventsNeverGoBackwards() {
    executor.submit(job);
    executor.tell(job, JobStatus.builder(ACTIVE).time(NOON));
    executor.tell(job, event(ACTIVE, "suspend").time(NOON.minusSeconds(5)));

    assertThat(times()).containsExactly(NOON, NOON, NOON, NOON);
  }

  @Test
  void aStatusArrivesWithEverythingThatItTells() {
    JobStatus end =
        JobStatus.builder(FAILED)
            .time(NOON)
            .message("killed")
            .exitCode(137)
            .cause(FailureCause.OUT_OF_MEMORY)
            .metadata(JobStatus.NATIVE_STATE, "OOM")
            .build();
    executor.submit(job);
    executor.tell(job, end.toBuilder());

    assertThat(job.getStatus()).isEqualTo(end);
    assertThat(seen).last().isEqualTo(end);
  }

  private static JobStatus.Builder event(JobState state, String what) {
    return JobStatus.builder(state).metadata(JobStatus.EVENT, what);
  }

  @Test
  void eventsAreDeliveredInTheSameState() {
    submitAndTell(QUEUED);
    executor.tell(job, event(QUEUED, "hold"));
    executor.tell(job, event(QUEUED, "release"));
    executor.tell(job, event(QUEUED, "hold"));

    assertThat(seen)
        .extracting(status -> status.getMetadata().get(JobStatus.EVENT))
        .containsExactly(null, "hold", "release", "hold");
  }

  @Test
  void theSameEventIsDeliveredOnce() {
    submitAndTell(QUEUED);
    executor.tell(job, event(QUEUED, "hold"));
    executor.tell(job, event(QUEUED, "hold"));

    assertThat(seen).hasSize(2);
  }

  @Test
  void everyRequeueIsDeliveredByItsAttempt() {
    submitAndTell(ACTIVE);
    seen.clear();
    executor.tell(job, event(ACTIVE, "requeue").metadata(JobStatus.ATTEMPT, 2L));
    executor.tell(job, event(ACTIVE, "requeue").metadata(JobStatus.ATTEMPT, 2L));
    executor.tell(job, event(ACTIVE, "requeue").metadata(JobStatus.ATTEMPT, 3L));

    assertThat(seen)
        .extracting(status -> status.getMetadata().get(JobStatus.ATTEMPT))
        .containsExactly(2L, 3L);
  }

  @Test
  void aNewReasonForWaitingShowsInTheStatusOnly() {
    submitAndTell(QUEUED);
    Instant queued = job.getStatus().getTime();
    executor.tell(job, JobStatus.builder(QUEUED).message("Priority"));
    executor.tell(job, JobStatus.builder(QUEUED).message("Resources"));

    assertThat(seen).hasSize(1);
    assertThat(job.getStatus().getMessage()).isEqualTo("Resources");
    assertThat(job.getStatus().getTime()).isEqualTo(queued);
  }

  @Test
  void reportsDuringTheSubmissionAreHeldBackUntilTheNativeIdIsSet() {
    List<String> nativeIds = new ArrayList<>();
    job.setJobStatusCallback((same, status) -> nativeIds.add(same.getNativeId()));
    executor.submission =
        submitting -> {
          executor.tell(job, QUEUED, COMPLETED);
          assertThat(job.getStatus().getState()).isEqualTo(NEW);
          return "42";
        };
    executor.submit(job);

    assertThat(nativeIds).hasSize(6).containsOnly("42");
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void reportsDuringAnAttachAreHeldBackUntilTheNativeIdIsSet() {
    List<String> nativeIds = new ArrayList<>();
    job.setJobStatusCallback((same, status) -> nativeIds.add(same.getNativeId()));
    executor.attaching = () -> executor.tell(job, ACTIVE);
    executor.attach(job, "42");

    assertThat(nativeIds).containsExactly("42", "42", "42");
  }

  @Test
  void reportsOfASubmissionThatFailsAreForgotten() {
    executor.submission =
        submitting -> {
          executor.tell(job, ACTIVE);
          throw new SubmitException("no");
        };
    assertThat(executor.submitAll(List.of(job))).containsOnlyKeys(job);
    executor.submission = submitting -> "42";
    submitAndTell(QUEUED);

    assertThat(states()).containsExactly(QUEUED);
  }

  @Test
  void reportsOfAnotherExecutorAreIgnored() {
    executor.submit(job);
    try (RecordingExecutor other = RecordingExecutor.open()) {
      other.tell(job, ACTIVE);
    }

    assertThat(seen).isEmpty();
    assertThat(job.getStatus().getState()).isEqualTo(NEW);
  }

  @Test
  void restoredJobsHaveTheirIdAndAreReportedLikeOthers() {
    Job restored = executor.restored("old", null, "42");
    restored.setJobStatusCallback((same, status) -> seen.add(status));
    executor.tell(restored, ACTIVE);

    assertThat(restored.getId()).isEqualTo("old");
    assertThat(restored.getNativeId()).isEqualTo("42");
    assertThat(restored.getExecutor()).isSameAs(executor);
    assertThat(states()).containsExactly(QUEUED, STAGE_IN, ACTIVE);
  }

  @Test
  void jobsRestoredWithoutNativeIdMayBeSubmitted() {
    Job restored = executor.restored("old", JobSpec.builder("/bin/true").build(), null);
    executor.submit(restored);

    assertThat(restored.getNativeId()).isEqualTo("native-old");
  }
}
