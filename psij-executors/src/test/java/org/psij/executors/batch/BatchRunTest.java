package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.work.JobDirectory;

final class BatchRunTest {
  @TempDir Path folder;

  private final JobSpec spec = JobSpec.builder("/bin/true").build();
  private final Job job = new Job(spec);
  private final Notes notes = new Notes();

  private BatchRun run() {
    return new BatchRun(job, spec, new JobDirectory(folder), "12", notes);
  }

  private BatchRun foreignRun() {
    return new BatchRun(job, null, null, "12", notes);
  }

  private void status(int run, String text) throws IOException {
    Files.writeString(
        folder.resolve("status." + run),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void claimedBy(String nativeId) throws IOException {
    Files.writeString(folder.resolve("claim"), nativeId + "\n");
  }

  private static NativeStatus queued() {
    return NativeStatus.builder("PENDING", JobState.QUEUED).build();
  }

  private static NativeStatus active() {
    return NativeStatus.builder("RUNNING", JobState.ACTIVE).build();
  }

  private static NativeStatus in(JobState state, Condition condition) {
    return NativeStatus.builder("SPECIAL", state).condition(condition).build();
  }

  private static NativeStatus completed() {
    return NativeStatus.builder("COMPLETED", JobState.COMPLETED).exitCode(0).build();
  }

  @Test
  void holdAndReleaseAreToldOnceEach() {
    BatchRun run = run();
    run.listed(queued());
    run.listed(in(JobState.QUEUED, Condition.HELD));
    run.listed(in(JobState.QUEUED, Condition.HELD));
    run.listed(queued());
    run.listed(queued());
    assertThat(notes.events()).containsExactly("hold 1", "release 1");
  }

  @Test
  void suspendAndResumeAreToldOnceEach() {
    BatchRun run = run();
    run.listed(active());
    run.listed(in(JobState.ACTIVE, Condition.SUSPENDED));
    run.listed(in(JobState.ACTIVE, Condition.SUSPENDED));
    run.listed(active());
    run.listed(active());
    assertThat(notes.events()).containsExactly("suspend 1", "resume 1");
  }

  @Test
  void requeueIsToldOnceWhicheverTellsItFirst() throws IOException {
    BatchRun run = run();
    status(1, "1 STARTED 12 n\n2 STAGE_IN\n3 ACTIVE\n4 FAILED exit=143 told to stop\n");
    run.look();
    run.listed(NativeStatus.builder("PENDING", JobState.QUEUED).restarts(1).build());
    run.listed(NativeStatus.builder("PENDING", JobState.QUEUED).restarts(1).build());
    status(2, "5 STARTED 12 n\n6 STAGE_IN\n");
    run.look();
    status(3, "7 STARTED 12 n\n");
    run.look();
    run.listed(NativeStatus.builder("RUNNING", JobState.ACTIVE).restarts(2).build());
    assertThat(notes.events()).containsExactly("requeue 2", "requeue 3");
    assertThat(run.hasEnded()).isFalse();
  }

  @Test
  void requeueThatIsFoundOutLaterHasTheTimeOfItsRun() throws IOException {
    status(2, "5.5 STAGE_IN\n6.5 COMPLETED exit=0\n");
    run().look();
    assertThat(notes.told)
        .extracting(JobStatus::getTime)
        .containsExactly(at(5_500), at(5_500), at(6_500));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void runAfterOneThatWasToldToStopDecidesTheEnd() throws IOException {
    BatchRun run = run();
    status(1, "3 ACTIVE\n4 FAILED exit=143 told to stop\n");
    run.look();
    notes.graceTime = Duration.ZERO;
    status(2, "5 STAGE_IN\n6 ACTIVE\n");
    run.missing();
    assertThat(run.hasEnded()).isFalse();
    status(2, "7 COMPLETED exit=0\n");
    run.look();
    assertThat(notes.last().getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void unknownNativeStateChangesNothingButMetadata() {
    BatchRun run = run();
    run.listed(in(JobState.QUEUED, Condition.HELD));
    run.listed(NativeStatus.builder("NOVEL", null).build());
    assertThat(notes.last().getState()).isEqualTo(JobState.QUEUED);
    assertThat(notes.last().getMetadata()).containsEntry(JobStatus.NATIVE_STATE, "NOVEL");
    assertThat(notes.events()).containsExactly("hold 1");
    assertThat(run.hasEnded()).isFalse();
  }

  @Test
  void stateOfOurJobIsWhatItsScriptSaysAndThatOfAForeignOneTheSchedulers() throws IOException {
    BatchRun run = run();
    run.listed(active());
    assertThat(notes.last().getState()).isEqualTo(JobState.QUEUED);
    status(1, "2 STAGE_IN\n3 ACTIVE\n");
    assertThat(run.look()).isTrue();
    assertThat(run.look()).isFalse();
    assertThat(notes.last().getState()).isEqualTo(JobState.ACTIVE);

    foreignRun().listed(active());
    assertThat(notes.last().getState()).isEqualTo(JobState.ACTIVE);
    assertThat(notes.last().getMetadata()).containsEntry(JobStatus.NATIVE_STATE, "RUNNING");
  }

  @Test
  void fileThatComesDuringTheGraceTimeDecides() throws IOException {
    BatchRun run = run();
    run.listed(completed());
    run.missing();
    run.accounted(completed());
    assertThat(run.hasEnded()).isFalse();
    status(1, "3 ACTIVE\n4 FAILED exit=0 stage-out: there is no x\n");
    run.look();
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.STAGING);
    assertThat(notes.ended).isEqualTo(1);
  }

  @Test
  void jobThatNobodyKnowsIsLostAfterTheGraceTimeOnly() {
    BatchRun run = run();
    run.missing();
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
    assertThat(run.needsAccounting()).isTrue();
    notes.graceTime = Duration.ZERO;
    run.accounted(null);
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.LOST);
    assertThat(run.needsAccounting()).isFalse();
  }

  /** Slurm's accounting knows that the script failed, and not always with which code. */
  @Test
  void failureWithoutAWordOfTheScriptIsTheEndOnceTheAccountingHasNoMoreToTell() {
    NativeStatus failed = NativeStatus.builder("FAILED", JobState.FAILED).build();
    BatchRun run = run();
    run.listed(failed);
    run.accounted(failed);
    assertThat(run.hasEnded()).isFalse();
    notes.graceTime = Duration.ZERO;
    run.listed(failed);
    run.accounted(failed);
    assertThat(notes.last().getState()).isEqualTo(JobState.FAILED);
    assertThat(notes.last().getMessage()).contains(folder.toString());
  }

  @Test
  void jobWhoseFileCannotBeReadIsNotLost() throws IOException {
    notes.graceTime = Duration.ZERO;
    Path unreadable = Files.createDirectory(folder.resolve("status.1"));
    BatchRun run = run();
    run.missing();
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
    Files.delete(unreadable);
    status(1, "4 COMPLETED exit=0\n");
    run.accounted(null);
    assertThat(notes.last().getState()).isEqualTo(JobState.COMPLETED);
  }

  /** What a disk without room has taken of the native id 123 is not the id of a job. */
  @Test
  void halfAClaimIsNotFollowed() throws IOException {
    Files.writeString(folder.resolve("claim"), "1");
    BatchRun run = run();
    run.missing();
    assertThat(run.nativeId()).isEqualTo("12");
  }

  @Test
  void failureOfAForeignJobIsToldThoughNobodyKnowsItsExitCode() {
    BatchRun run = foreignRun();
    NativeStatus failed =
        NativeStatus.builder("FAILED", JobState.FAILED).cause(FailureCause.EXIT_CODE).build();
    run.listed(failed);
    assertThat(run.needsAccounting()).isTrue();
    run.accounted(failed);
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.EXIT_CODE);
  }

  @Test
  void jobThatIsListedAgainIsNotLost() {
    notes.graceTime = Duration.ZERO;
    BatchRun run = run();
    run.missing();
    run.listed(active());
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
  }

  /** It was put back into the queue long ago, and one listing leaves it out. */
  @Test
  void jobThatIsNotListedHasAGraceTimeFromThenOn() throws IOException {
    notes.graceTime = Duration.ofSeconds(1);
    BatchRun run = run();
    status(1, "3 ACTIVE\n4 FAILED exit=143 told to stop\n");
    run.look();
    passes(notes.graceTime);
    run.listed(queued());
    run.missing();
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
  }

  @Test
  void stateOfAJobThatGotTheIdLaterIsNotThatOfTheJob() {
    notes.graceTime = Duration.ZERO;
    String other = "/shared/slurm/" + UUID.randomUUID() + "/job.sh";
    BatchRun run = run();
    run.listed(marked(queued(), other));
    assertThat(run.isForgotten()).isTrue();
    run.listed(marked(completed(), other));
    run.missing();
    assertThat(run.hasEnded()).isFalse();
    run.accounted(completed());
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.LOST);
  }

  @Test
  void otherScriptUnderTheIdIsThatOfAnotherJobOnlyIfTheOwnWasSeenThere() {
    BatchRun wrapped = run();
    wrapped.listed(marked(queued(), "/tmp/copy-of-the-script"));
    assertThat(wrapped.isForgotten()).isFalse();

    BatchRun plain = run();
    plain.listed(marked(queued(), folder + "/job.sh"));
    plain.listed(marked(queued(), "/home/somebody/script"));
    assertThat(plain.isForgotten()).isTrue();
  }

  private static NativeStatus marked(NativeStatus status, String mark) {
    return NativeStatus.builder(status.nativeState(), status.state()).mark(mark).build();
  }

  @Test
  void accountingThatIsBehindTheQueueHasTimeToCatchUp() {
    notes.graceTime = Duration.ofMillis(200);
    BatchRun run = run();
    run.missing();
    passes(notes.graceTime);
    run.accounted(active());
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
    passes(notes.graceTime.multipliedBy(10));
    run.accounted(null);
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.LOST);
  }

  @Test
  void accountingThatWasAwayHasTimeToCatchUp() {
    notes.graceTime = Duration.ofMillis(200);
    BatchRun run = run();
    run.missing();
    passes(notes.graceTime);
    run.notAccounted();
    passes(notes.graceTime);
    run.accounted(null);
    assertThat(run.hasEnded()).isFalse();
  }

  private static void passes(Duration time) {
    await().pollDelay(time.plusMillis(20)).until(() -> true);
  }

  @Test
  void endBeforeTheSubmissionIsThatOfAnEarlierJobWithTheId() throws IOException {
    notes.graceTime = Duration.ZERO;
    Files.createFile(folder.resolve("submitting"));
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    BatchRun run = run();
    run.missing();
    run.accounted(NativeStatus.builder("COMPLETED", JobState.COMPLETED).endTime(yesterday).build());
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.LOST);
  }

  @Test
  void nothingIsToldAfterTheEnd() throws IOException {
    BatchRun run = run();
    status(1, "4 COMPLETED exit=0\n");
    run.look();
    int told = notes.told.size();
    run.listed(in(JobState.QUEUED, Condition.HELD));
    run.missing();
    run.accounted(null);
    run.look();
    assertThat(notes.told).hasSize(told);
    assertThat(notes.ended).isEqualTo(1);
  }

  @Test
  void cancelMarkOfAnotherProcessCounts() throws IOException {
    BatchRun run = run();
    Files.createFile(folder.resolve("cancel"));
    run.missing();
    assertThat(notes.last().getState()).isEqualTo(JobState.CANCELED);
    assertThat(notes.last().getCause()).isEqualTo(FailureCause.CANCELED_BY_USER);
  }

  @Test
  void claimByAnotherNativeIdIsFollowedWhenTheJobIsGone() throws IOException {
    BatchRun run = run();
    claimedBy("11");
    run.missing();
    assertThat(run.nativeId()).isEqualTo("11");
    assertThat(run.needsAccounting()).isFalse();
  }

  /** The second of two submissions of a job ends with exit code 0 and has run nothing. */
  @Test
  void endOfASubmissionThatRanNothingIsNotTheEndOfTheJob() throws IOException {
    notes.graceTime = Duration.ZERO;
    BatchRun run = run();
    claimedBy("11");
    run.listed(completed());
    assertThat(run.hasEnded()).isFalse();
    assertThat(run.nativeId()).isEqualTo("11");
    run.listed(active());
    run.look();
    assertThat(run.hasEnded()).isFalse();
    status(1, "4 FAILED exit=3\n");
    run.look();
    assertThat(notes.last().getExitCode()).isEqualTo(3);
  }

  @Test
  void accountingOfASubmissionThatRanNothingIsNotTheEndOfTheJob() throws IOException {
    notes.graceTime = Duration.ZERO;
    BatchRun run = run();
    run.missing();
    claimedBy("11");
    run.accounted(completed());
    assertThat(run.hasEnded()).isFalse();
    assertThat(run.nativeId()).isEqualTo("11");
  }

  @Test
  void jobIsKnownByTheIdUnderWhichItRunsOnceItHasStarted() throws IOException {
    BatchRun run = run();
    run.listed(queued());
    claimedBy("11");
    status(1, "1 STARTED 11 n\n2 STAGE_IN\n");
    run.look();
    assertThat(run.nativeId()).isEqualTo("11"); // that is what a cancellation must name
  }

  @Test
  void unreadableStatusFileChangesNothing() throws IOException {
    Files.createDirectory(folder.resolve("status.1"));
    BatchRun run = run();
    assertThat(run.look()).isFalse();
    run.listed(queued());
    assertThat(notes.last().getState()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void hintWithoutNewsIsFollowedByRereads() {
    run().hinted();
    notes.runLater(4);
    assertThat(notes.delays)
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
  }

  @Test
  void hintWithNewsIsFollowedByNothing() throws IOException {
    status(1, "2 STAGE_IN\n");
    run().hinted();
    assertThat(notes.delays).isEmpty();
  }

  @Test
  void manyHintsCauseFewLooks() {
    BatchRun run = run();
    for (int i = 0; i < 1000; i++) {
      run.hinted();
    }
    assertThat(notes.delays).hasSizeLessThan(10);
  }

  /** What the executor is told, and what it is asked to do later. */
  private final class Notes extends QuietSurroundings {
    final List<JobStatus> told = new ArrayList<>();
    final List<Duration> delays = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    Duration graceTime = Duration.ofHours(1);
    int ended;

    JobStatus last() {
      return told.get(told.size() - 1);
    }

    List<String> events() {
      return told.stream()
          .map(JobStatus::getMetadata)
          .filter(metadata -> metadata.containsKey(JobStatus.EVENT))
          .map(metadata -> metadata.get(JobStatus.EVENT) + " " + metadata.get(JobStatus.ATTEMPT))
          .toList();
    }

    void runLater(int times) {
      for (int i = 0; i < times; i++) {
        later.remove(0).run();
      }
    }

    @Override
    public void report(Job reported, JobStatus status) {
      assertThat(reported).isSameAs(job);
      told.add(Objects.requireNonNull(status));
    }

    @Override
    public void after(Duration delay, Runnable task) {
      delays.add(delay);
      later.add(task);
    }

    @Override
    public Duration graceTime() {
      return graceTime;
    }

    @Override
    public void ended(BatchRun run) {
      ended++;
    }
  }
}
