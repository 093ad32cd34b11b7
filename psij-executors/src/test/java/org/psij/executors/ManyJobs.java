package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** Thousands of jobs at once, from several threads, with callbacks that do what they like. */
@Tag("attack")
abstract class ManyJobs {
  private static final int THREADS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path folder;

  abstract JobExecutor open(Path workDirectory);

  abstract int jobs();

  JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec;
  }

  @Test
  void nothingIsLostOrDoubledWhateverCallbacksDo() throws Exception {
    Witness witness = new Witness();
    long start = System.nanoTime();
    try (JobExecutor executor = open(folder.resolve("work"))) {
      executor.setJobStatusCallback(witness);
      Crowd crowd = new Crowd(executor, folder.resolve("runs"), this::prepare);
      submit(crowd);
      long submitted = System.nanoTime();
      crowd.unblock();

      int awaited = awaitEnds(crowd, witness);
      print(crowd, witness, submitted - start, System.nanoTime() - start);
      assertThat(awaited).isEqualTo(jobs() + (int) crowd.count(Manner.CALLBACK_SUBMITS));
      crowd.jobs().forEach(witness::assertWhole);
      crowd.assertTrueEnds();
    }
  }

  private void submit(Crowd crowd) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    AtomicInteger next = new AtomicInteger();
    try {
      List<Future<?>> submitters = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        submitters.add(threads.submit(() -> submitUpTo(jobs(), next, crowd)));
      }
      for (Future<?> submitter : submitters) {
        submitter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void submitUpTo(int jobs, AtomicInteger next, Crowd crowd) {
    for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
      crowd.submit(Manner.of(i));
    }
  }

  /** Waits until futures and callbacks have told all ends, of jobs that callbacks submit too. */
  private static int awaitEnds(Crowd crowd, Witness witness) {
    int all;
    do {
      List<Job> known = List.copyOf(crowd.jobs());
      all = known.size();
      CompletableFuture<?>[] ends =
          known.stream().map(Job::onFinal).toArray(CompletableFuture<?>[]::new);
      await().atMost(PATIENCE).until(() -> CompletableFuture.allOf(ends).isDone());
      await().atMost(PATIENCE).until(() -> witness.knowsTheEndsOf(known));
    } while (crowd.jobs().size() > all);
    return all;
  }

  private void print(Crowd crowd, Witness witness, long submitted, long all) {
    System.out.printf(
        "%s: %d jobs from %d threads, %d more from callbacks; %d callbacks, %d cancelled;"
            + " submitted after %.1f s, all ended after %.1f s%n",
        getClass().getSimpleName(),
        jobs(),
        THREADS,
        crowd.count(Manner.CALLBACK_SUBMITS),
        witness.calls(),
        crowd.count(Manner.CALLBACK_CANCELS),
        submitted / 1e9,
        all / 1e9);
  }
}
