package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.NEW;
import static org.psij.Refusals.assertRefused;
import static org.psij.Refusals.refusal;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobExecutorTest {
  private static final URI PLACE = URI.create("file:///data/x");

  private final RecordingExecutor executor = RecordingExecutor.open();

  @AfterEach
  void close() {
    executor.close();
  }

  private static void assertInvalidState(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidStateException.class).isThrownBy(call);
  }

  private void assertStillNewAndSubmittable(Job job) {
    assertThat(job.getStatus().getState()).isEqualTo(NEW);
    assertThat(job.getNativeId()).isNull();
    assertThat(job.getExecutor()).isNull();
    executor.submission = submitting -> "42";
    executor.submit(job);
    assertThat(job.getNativeId()).isEqualTo("42");
  }

  @Test
  void knowsItsNameVersionAndSettings() {
    JobExecutorConfig config =
        JobExecutorConfig.builder()
            .workDirectory(Path.of("w"))
            .launcherLogFile(Path.of("l"))
            .build();
    try (JobExecutor named = JobExecutor.getInstance("RECORDER", ">= 1.0", null, config)) {
      assertThat(named.getName()).isEqualTo("recording");
      assertThat(named.getVersion()).isEqualTo("1.0");
      assertThat(named.getConfig()).isSameAs(config);
      assertThat(named.capability(Runnable.class)).isEmpty();
    }
    assertThat(executor.getConfig().getWorkDirectory())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".psij", "work"));
  }

  @Test
  void submitSetsNativeIdAndExecutor() {
    Job job = RecordingExecutor.job();
    executor.submit(job);

    assertThat(job.getNativeId()).isEqualTo("native-" + job.getId());
    assertThat(job.getExecutor()).isSameAs(executor);
    assertThat(executor.submitted).containsExactly(job);
    assertThat(executor.list()).containsExactly(job.getNativeId());
  }

  @Test
  void everyJobHasAnIdOfItsOwn() {
    assertThat(new Job().getId()).isNotEqualTo(new Job().getId());
  }

  @Test
  void aJobWithoutSpecificationIsRefused() {
    Job job = new Job();

    assertThat(refusal(() -> executor.submit(job)).getField()).isNull();
    executor.attach(job, "42");
    assertThat(job.getNativeId()).isEqualTo("42");
  }

  static Stream<Arguments> unrunnable() {
    return Stream.of(
        Arguments.of("executable", JobSpec.builder()),
        Arguments.of("executable", JobSpec.builder("")),
        Arguments.of("arguments[1]", JobSpec.builder("x").arguments("a", "b\0")),
        Arguments.of("launcher", JobSpec.builder("x").launcher("no-such-launcher")));
  }

  @ParameterizedTest
  @MethodSource("unrunnable")
  void whatCannotRunIsRefusedAndTheJobStaysNew(String field, JobSpec.Builder spec) {
    Job job = new Job(spec.build());

    assertRefused(field, () -> executor.submit(job));
    assertRefused(field, () -> executor.submit(job));
    assertThat(job.getStatus().getState()).isEqualTo(NEW);
    assertThat(job.getExecutor()).isNull();
    assertThat(executor.submitted).isEmpty();
  }

  @Test
  void anUnknownLauncherIsRefusedWithTheKnownOnes() {
    Job job = new Job(JobSpec.builder("x").launcher("no-such-launcher").build());

    assertThat(refusal(() -> executor.submit(job)))
        .hasMessageContaining("no-such-launcher")
        .hasMessageContaining("single");
  }

  @Test
  void launchersAreKnownInAnyCase() {
    executor.submit(new Job(JobSpec.builder("x").launcher("SINGLE").build()));

    assertThat(executor.submitted).hasSize(1);
  }

  static Stream<Arguments> demanding() {
    StageIn in = new StageIn(PLACE, Path.of("x"));
    StageOut out = new StageOut(Path.of("x"), PLACE);
    ResourceSpecV1 two = ResourceSpecV1.builder().processCount(2).build();
    return Stream.of(
        Arguments.of(Feature.STAGING, "stage_in", JobSpec.builder("x").stageIn(in)),
        Arguments.of(Feature.STAGING, "stage_out", JobSpec.builder("x").stageOut(out)),
        Arguments.of(Feature.STAGING, "cleanup", JobSpec.builder("x").cleanup(Path.of("x"))),
        Arguments.of(
            Feature.PRE_POST_LAUNCH, "pre_launch", JobSpec.builder("x").preLaunch(Path.of("p"))),
        Arguments.of(
            Feature.PRE_POST_LAUNCH, "post_launch", JobSpec.builder("x").postLaunch(Path.of("p"))),
        Arguments.of(Feature.MULTI_PROCESS, "resources", JobSpec.builder("x").resources(two)));
  }

  @ParameterizedTest
  @MethodSource("demanding")
  void aMissingFeatureIsRefusedByName(Feature feature, String field, JobSpec.Builder spec) {
    executor.features = Set.of();
    Job job = new Job(spec.build());

    assertRefused(field, () -> executor.submit(job));
    assertThat(refusal(() -> executor.submit(job))).hasMessageContaining(feature.name());
    executor.features = Set.of(feature);
    assertStillNewAndSubmittable(job);
  }

  @Test
  void aRefusalByTheSchedulerLeavesTheJobNew() {
    SubmitException refusal = SubmitException.ofTransient("queue is full", null);
    executor.submission =
        job -> {
          throw refusal;
        };
    Job job = RecordingExecutor.job();

    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> executor.submit(job))
        .isSameAs(refusal);
    assertStillNewAndSubmittable(job);
  }

  @Test
  void anyOtherFailureOfTheExecutorBecomesASubmitException() {
    executor.submission =
        job -> {
          throw new IllegalStateException("oops");
        };
    Job job = RecordingExecutor.job();

    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> executor.submit(job))
        .withMessageContaining(job.getId())
        .withMessageContaining("oops")
        .withCauseInstanceOf(IllegalStateException.class)
        .matches(e -> !e.isTransient());
    assertStillNewAndSubmittable(job);
  }

  @Test
  void anErrorOfTheExecutorLeavesTheJobNew() {
    executor.submission =
        job -> {
          throw new AssertionError("oops");
        };
    Job job = RecordingExecutor.job();

    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> executor.submit(job));
    assertStillNewAndSubmittable(job);
  }

  @Test
  void aJobIsSubmittedOnce() {
    Job job = RecordingExecutor.job();
    executor.submit(job);

    assertInvalidState(() -> executor.submit(job));
    assertInvalidState(() -> executor.attach(job, "42"));
    try (RecordingExecutor other = RecordingExecutor.open()) {
      assertInvalidState(() -> other.submit(job));
    }
    assertThat(executor.submitted).containsExactly(job);
  }

  @Test
  void ofManyThreadsThatSubmitAJobOneWins() throws Exception {
    for (int round = 0; round < 50; round++) {
      Job job = RecordingExecutor.job();
      CyclicBarrier start = new CyclicBarrier(2);
      List<FutureTask<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        FutureTask<Boolean> attempt = new FutureTask<>(() -> wins(job, start));
        attempts.add(attempt);
        new Thread(attempt).start();
      }

      assertThat(attempts.get(0).get()).isNotEqualTo(attempts.get(1).get());
    }
    assertThat(executor.submitted).hasSize(50);
  }

  private boolean wins(Job job, CyclicBarrier start) throws Exception {
    start.await();
    try {
      executor.submit(job);
      return true;
    } catch (InvalidStateException e) {
      return false;
    }
  }

  @Test
  void submitAllTellsTheRefusedJobsInTheirOrder() {
    Job first = new Job();
    Job second = RecordingExecutor.job();
    Job third = new Job(JobSpec.builder("").build());
    Job fourth = RecordingExecutor.job();
    executor.submit(fourth);
    Job fifth = RecordingExecutor.job();
    executor.submission =
        job -> {
          if (job == fifth) {
            throw new IllegalStateException("oops");
          }
          return "42";
        };

    Map<Job, PsijException> refused =
        executor.submitAll(List.of(first, second, third, fourth, fifth));

    assertThat(refused.keySet()).containsExactly(first, third, fourth, fifth);
    assertThat(refused.values())
        .hasExactlyElementsOfTypes(
            InvalidJobException.class,
            InvalidJobException.class,
            InvalidStateException.class,
            SubmitException.class);
    assertThat(second.getNativeId()).isEqualTo("42");
    assertStillNewAndSubmittable(fifth);
  }

  @Test
  void submitAllRefusesNullAndDuplicatesBeforeAnythingIsSent() {
    Job job = RecordingExecutor.job();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.submitAll(Arrays.asList(job, null)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.submitAll(List.of(job, job)))
        .withMessageContaining(job.getId());
    assertThat(executor.submitted).isEmpty();
    assertStillNewAndSubmittable(job);
  }

  @Test
  void aJobAboutWhichTheExecutorSaysNothingCountsAsRefused() {
    Job taken = RecordingExecutor.job();
    Job forgotten = RecordingExecutor.job();
    executor.bulkSubmission = (jobs, out) -> out.accepted(jobs.get(0), "42");

    assertThat(executor.submitAll(List.of(taken, forgotten)))
        .containsOnlyKeys(forgotten)
        .extractingByKey(forgotten)
        .isInstanceOf(SubmitException.class);
    assertThat(taken.getNativeId()).isEqualTo("42");
    assertStillNewAndSubmittable(forgotten);
  }

  @Test
  void anExecutorThatFailsHalfWayKeepsWhatItTook() {
    Job taken = RecordingExecutor.job();
    Job lost = RecordingExecutor.job();
    executor.bulkSubmission =
        (jobs, out) -> {
          out.accepted(jobs.get(0), "42");
          throw new IllegalStateException("oops");
        };

    assertThat(executor.submitAll(List.of(taken, lost)))
        .containsOnlyKeys(lost)
        .extractingByKey(lost)
        .isInstanceOf(SubmitException.class);
    assertThat(taken.getNativeId()).isEqualTo("42");
    assertStillNewAndSubmittable(lost);
  }

  @Test
  void theFirstOutcomeOfAJobCounts() {
    Job job = RecordingExecutor.job();
    executor.bulkSubmission =
        (jobs, out) -> {
          out.accepted(job, "42");
          out.refused(job, new SubmitException("too late"));
          out.accepted(job, "43");
        };

    assertThat(executor.submitAll(List.of(job))).isEmpty();
    assertThat(job.getNativeId()).isEqualTo("42");
  }

  @Test
  void reportsDuringASubmissionOfManyAreHeldBack() {
    Job job = RecordingExecutor.job();
    executor.bulkSubmission =
        (jobs, out) -> {
          executor.tell(job, COMPLETED);
          assertThat(job.getStatus().getState()).isEqualTo(NEW);
          out.accepted(job, "42");
        };

    assertThat(executor.submitAll(List.of(job))).isEmpty();
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void cancelAsksTheExecutor() {
    Job job = executor.submitted(null);
    job.cancel();
    executor.cancel(job);

    assertThat(executor.cancelled).containsExactly(job.getNativeId(), job.getNativeId());
  }

  @Test
  void aNewJobCannotBeCancelled() {
    Job job = RecordingExecutor.job();

    assertInvalidState(job::cancel);
    assertInvalidState(() -> executor.cancel(job));
    assertThat(job.getStatus().getState()).isEqualTo(NEW);
  }

  @Test
  void cancellingAFinalJobHasNoEffect() {
    Job job = executor.submitted(null);
    executor.tell(job, COMPLETED);
    job.cancel();

    assertThat(executor.cancelled).isEmpty();
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void aJobOfAnotherExecutorCannotBeCancelled() {
    try (RecordingExecutor other = RecordingExecutor.open()) {
      Job job = other.submitted(null);

      assertInvalidState(() -> executor.cancel(job));
      assertThat(other.cancelled).isEmpty();
    }
  }

  @Test
  void attachFollowsAJobWithoutSpecification() {
    Job job = new Job();
    executor.attach(job, "42");
    executor.tell(job, COMPLETED);

    assertThat(job.getNativeId()).isEqualTo("42");
    assertThat(job.getStatus().getState()).isEqualTo(COMPLETED);
  }

  @Test
  void attachNeedsTheFeatureAndAnId() {
    Job job = new Job();
    executor.features = Set.of();
    assertThat(refusal(() -> executor.attach(job, "42"))).hasMessageContaining("recording");
    executor.features = Set.of(Feature.ATTACH);
    assertRefused("native_id", () -> executor.attach(job, " "));

    executor.attach(job, "42");
    assertThat(job.getNativeId()).isEqualTo("42");
  }

  @Test
  void aFailedAttachLeavesTheJobNew() {
    Job job = RecordingExecutor.job();
    executor.attaching =
        () -> {
          throw new IllegalStateException("oops");
        };

    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> executor.attach(job, "42"))
        .withMessageContaining("oops");
    assertStillNewAndSubmittable(job);
  }

  @Test
  void refreshAndRecoverReachTheExecutor() {
    executor.refresh();

    assertThat(executor.refreshes).hasValue(1);
    assertThat(executor.recover()).isEmpty();
  }
}
