package org.psij;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QueueSnapshotTest {
  private static final QueuedJob WAITS =
      QueuedJob.builder("1", "PD")
          .state(JobState.QUEUED)
          .user("ann")
          .queues(List.of("debug", "long", "debug"))
          .build();
  private static final QueuedJob RUNS =
      QueuedJob.builder("2", "R")
          .state(JobState.ACTIVE)
          .user("bob")
          .queues(List.of("debug"))
          .nodes(List.of("n1", "n1"))
          .build();
  private static final QueuedJob FAILED =
      QueuedJob.builder("3", "F").state(JobState.FAILED).user("ann").build();
  private static final QueuedJob CANCELED =
      QueuedJob.builder("4", "CA").state(JobState.CANCELED).build();
  private static final QueuedJob STRANGE = QueuedJob.builder("5", "??").build();

  private final QueueSnapshot all =
      new QueueSnapshot(List.of(WAITS, RUNS, FAILED, CANCELED, STRANGE));

  @Test
  void jobsAreSelectedByUserQueueAndState() {
    assertThat(all).containsExactly(WAITS, RUNS, FAILED, CANCELED, STRANGE);
    assertThat(all.ofUser("ann")).containsExactly(WAITS, FAILED);
    assertThat(all.inQueue("debug")).containsExactly(WAITS, RUNS);
    assertThat(all.inQueue("long").getJobs()).containsExactly(WAITS);
    assertThat(all.inState(JobState.FAILED, JobState.QUEUED)).containsExactly(WAITS, FAILED);
    assertThat(all.inState()).isEmpty();
    assertThat(all.queued()).containsExactly(WAITS);
    assertThat(all.running()).containsExactly(RUNS);
    assertThat(all.completed()).containsExactly(FAILED, CANCELED);
    assertThat(all.ofUser("ann").completed()).containsExactly(FAILED);
  }

  @Test
  void queueOrNodeThatIsNamedTwiceCountsOnce() {
    assertThat(WAITS.getQueues()).containsExactly("debug", "long");
    assertThat(RUNS.getNodes()).containsExactly("n1");
  }

  @Test
  void snapshotClosesTheStreamThatItReads() {
    AtomicBoolean closed = new AtomicBoolean();
    QueueView view = () -> Stream.of(WAITS, RUNS).onClose(() -> closed.set(true));
    assertThat(view.snapshot()).containsExactly(WAITS, RUNS);
    assertThat(closed).isTrue();
  }
}
