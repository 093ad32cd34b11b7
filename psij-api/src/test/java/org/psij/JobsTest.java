package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.CANCELED;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Class<InvalidStateException> CLOSED = InvalidStateException.class;

  private final RecordingExecutor executor = RecordingExecutor.open();

  @AfterEach
  void close() {
    executor.close();
  }

  private List<Job> submitted(int count) {
    return Stream.generate(() -> executor.submitted(null)).limit(count).toList();
  }

  @Test
  void allHaveEndedWhenTheLastHas() throws Exception {
    List<Job> jobs = submitted(3);
    executor.tell(jobs.get(2), COMPLETED);
    executor.tell(jobs.get(0), FAILED);
    FutureTask<Boolean> wait = Waiting.begin(() -> Jobs.waitForAll(jobs, null));
    executor.tell(jobs.get(1), ACTIVE, CANCELED);

    assertThat(wait.get()).isTrue();
    assertThat(Jobs.waitForAll(jobs, Duration.ZERO)).isTrue();
  }

  @Test
  void allTogetherHaveOneTime() throws Exception {
    List<Job> jobs = submitted(100);

    assertThat(Jobs.waitForAll(jobs, Duration.ZERO)).isFalse();
    assertThat(Jobs.waitForAll(jobs, SHORT)).isFalse();
  }

  @Test
  void eachEndGivesNoMoreTimeToTheOthers() throws Exception {
    Iterator<Job> next = submitted(100).iterator();
    List<Job> jobs = List.copyOf(executor.submitted);
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try {
      ScheduledFuture<?> ends =
          scheduler.scheduleAtFixedRate(
              () -> executor.tell(next.next(), COMPLETED), 0, 50, TimeUnit.MILLISECONDS);

      assertThat(Jobs.waitForAll(jobs, Duration.ofMillis(200))).isFalse();
      assertThat(ends.isDone()).isFalse();
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void anyIsTheOneThatEnds() throws Exception {
    List<Job> jobs = submitted(3);
    FutureTask<Job> wait = Waiting.begin(() -> Jobs.waitForAny(jobs, LONG));
    executor.tell(jobs.get(0), ACTIVE);
    executor.tell(jobs.get(1), FAILED);

    assertThat(wait.get()).isSameAs(jobs.get(1));
    assertThat(Jobs.waitForAny(jobs, null)).isSameAs(jobs.get(1));
  }

  @Test
  void anyRunsOutOfTime() throws Exception {
    List<Job> jobs = submitted(3);

    assertThat(Jobs.waitForAny(jobs, SHORT)).isNull();
    assertThat(Jobs.waitForAny(jobs, Duration.ZERO)).isNull();
    executor.tell(jobs.get(2), COMPLETED);
    assertThat(Jobs.waitForAny(jobs, Duration.ZERO)).isSameAs(jobs.get(2));
  }

  @Test
  void noJobHasEndedFromTheBeginningAndNoneEverEnds() throws Exception {
    assertThat(Jobs.waitForAll(List.of(), Duration.ZERO)).isTrue();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Jobs.waitForAny(List.of(), null));
  }

  @Test
  void closingTheExecutorEndsTheWait() {
    List<Job> jobs = submitted(2);
    FutureTask<Boolean> all = Waiting.begin(() -> Jobs.waitForAll(jobs, null));
    FutureTask<Job> any = Waiting.begin(() -> Jobs.waitForAny(jobs, null));
    executor.close();

    assertThat(all).failsWithin(LONG).withThrowableThat().havingRootCause().isInstanceOf(CLOSED);
    assertThat(any).failsWithin(LONG).withThrowableThat().havingRootCause().isInstanceOf(CLOSED);
    assertThatExceptionOfType(CLOSED).isThrownBy(() -> Jobs.waitForAny(jobs, null));
  }

  @Test
  void whatHasEndedCountsThoughAnotherExecutorIsClosed() throws Exception {
    Job ended = executor.submitted(null);
    executor.tell(ended, COMPLETED);
    RecordingExecutor other = RecordingExecutor.open();
    Job left = other.submitted(null);
    other.close();

    assertThat(Jobs.waitForAny(List.of(left, ended), null)).isSameAs(ended);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    List<Job> jobs = submitted(2);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> Jobs.waitForAny(jobs, null));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> Jobs.waitForAll(jobs, null));
  }

  @Test
  void tenThousandAreTakenOneByOneAsTheyEnd() throws Exception {
    List<Job> left = new ArrayList<>(submitted(10_000));
    List<Job> ending = new ArrayList<>(left);
    Collections.shuffle(ending, new Random(1));
    Thread scheduler = new Thread(() -> ending.forEach(job -> executor.tell(job, COMPLETED)));
    FutureTask<Boolean> all = Waiting.begin(() -> Jobs.waitForAll(List.copyOf(ending), LONG));
    scheduler.start();
    while (!left.isEmpty()) {
      Job ended = Jobs.waitForAny(left, LONG);
      assertThat(ended).isNotNull();
      assertThat(left.remove(ended)).isTrue();
    }
    scheduler.join();

    assertThat(all.get()).isTrue();
  }
}
