package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobExecutor;

/** An executor that is used for long is as light as one that was used for a moment. */
@Tag("attack")
abstract class LongRun {
  private static final Duration TIME = Soak.lasting(Duration.ofSeconds(60), Duration.ofMinutes(10));
  private static final Duration WARM_UP = TIME.dividedBy(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path folder;

  abstract JobExecutor open(Path workDirectory, Duration retention);

  /** How often a job is submitted. */
  abstract Duration interval();

  /** What is in use at one moment. */
  private record Use(long heap, long threads, long descriptors) {
    static Use now() throws IOException {
      return new Use(Heap.live(), libraryThreads(), descriptorsOpen());
    }

    private static long libraryThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("psij-"))
          .count();
    }

    private static long descriptorsOpen() throws IOException {
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return open.count();
      }
    }
  }

  @Test
  void memoryThreadsDescriptorsAndFilesDoNotGrow() throws Exception {
    Use before = Use.now();
    Use warm;
    Use end;
    Traffic traffic;
    try (JobExecutor executor = open(folder, WEEK)) {
      traffic = new Traffic(executor);
      warm = useAfter(traffic, WARM_UP);
      end = useAfter(traffic, TIME.minus(WARM_UP));
      await("threads that were needed for a moment")
          .atMost(PATIENCE)
          .until(() -> Use.libraryThreads() <= warm.threads() + 2);
    }
    System.out.printf(
        "%s: %s; after warm-up %s, at the end %s%n",
        getClass().getSimpleName(), traffic, warm, end);

    assertThat(traffic.failures()).isEmpty();
    assertThat(end.heap()).isLessThan(warm.heap() + warm.heap() / 10);
    assertThat(end.descriptors()).isLessThanOrEqualTo(warm.descriptors() + 2);
    await().atMost(PATIENCE).until(() -> Use.libraryThreads() <= before.threads());
    assertThat(Use.descriptorsOpen()).isLessThanOrEqualTo(before.descriptors() + 5);
    assertNothingIsKeptFor(traffic);
  }

  private Use useAfter(Traffic traffic, Duration time) throws Exception {
    traffic.flow(interval(), time);
    await().atMost(PATIENCE).until(traffic::isOver);
    return Use.now();
  }

  /** When its time is over, the next executor leaves nothing of all those jobs. */
  private void assertNothingIsKeptFor(Traffic traffic) {
    try (JobExecutor next = open(folder, Duration.ZERO)) {
      String what = "files of '%s' after %s".formatted(next.getName(), traffic);
      await()
          .atMost(PATIENCE)
          .ignoreException(UncheckedIOException.class) // of a file that goes at that moment
          .untilAsserted(() -> assertThat(files()).as(what).hasSizeLessThan(6));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
