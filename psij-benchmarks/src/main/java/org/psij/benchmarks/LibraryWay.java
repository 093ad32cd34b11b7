package org.psij.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.executors.local.LocalExecutorConfig;
import org.psij.executors.local.WithoutProcesses;

/** The local executor, as it is without any setting. */
final class LibraryWay implements Way {
  static final String NAME = "library";

  private static final List<String> NOTHING = List.of("/bin/true");

  private final JobExecutor executor;

  /** Opens an executor, and runs a job so that whatever starts the others is there. */
  LibraryWay() {
    this(
        JobExecutor.getInstance(
            "local",
            null,
            null,
            LocalExecutorConfig.builder().workDirectory(Scratch.folder()).build()));
    runOne(NOTHING);
  }

  private LibraryWay(JobExecutor executor) {
    this.executor = executor;
  }

  /** The executor that does all but start processes. */
  static LibraryWay withoutProcesses() {
    return new LibraryWay(WithoutProcesses.open(Scratch.folder()));
  }

  @Override
  public void start(List<String> command, Path stdout, IntConsumer ended) {
    executor.submit(job(spec(command).stdoutPath(stdout).build(), ended));
  }

  @Override
  public void startAll(List<String> command, int count, IntConsumer ended) {
    JobSpec spec = spec(command).build();
    Map<Job, PsijException> refused =
        executor.submitAll(Stream.generate(() -> job(spec, ended)).limit(count).toList());
    if (!refused.isEmpty()) {
      throw refused.values().iterator().next();
    }
  }

  /** As {@link #startAll}, but one after the other. */
  void startEach(List<String> command, int count, IntConsumer ended) {
    JobSpec spec = spec(command).build();
    for (int i = 0; i < count; i++) {
      executor.submit(job(spec, ended));
    }
  }

  @Override
  public Latency runOne(List<String> command) {
    CountDownLatch told = new CountDownLatch(1);
    AtomicLong ended = new AtomicLong();
    long before = System.nanoTime();
    executor.submit(
        job(
            spec(command).build(),
            exitCode -> {
              ended.set(System.nanoTime());
              told.countDown();
            }));
    long started = System.nanoTime();
    Latch.await(told);
    return Latency.of(before, started, ended.get());
  }

  private static JobSpec.Builder spec(List<String> command) {
    return JobSpec.builder(command.get(0)).arguments(command.subList(1, command.size()));
  }

  private static Job job(JobSpec spec, IntConsumer ended) {
    Job job = new Job(spec);
    job.setJobStatusCallback(
        (changed, status) -> {
          if (status.isFinal()) {
            Integer exitCode = status.getExitCode();
            ended.accept(exitCode == null ? -1 : exitCode);
          }
        });
    return job;
  }

  @Override
  public void close() {
    executor.close();
  }
}
