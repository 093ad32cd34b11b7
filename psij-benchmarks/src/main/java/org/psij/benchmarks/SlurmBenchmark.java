package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.PsijException;
import org.psij.executors.batch.BatchExecutorConfig;

/** Jobs of a Slurm on this machine, beside its own commands. */
final class SlurmBenchmark implements Benchmark {
  private static final String LOOP = "loop";
  private static final String XARGS = "xargs";
  private static final String PROCESSES = "processes";
  private static final String LIKE = "alike";
  private static final String UNLIKE = "not alike";

  /** As many commands as {@code xargs -P8} runs at once, and the library by default. */
  private static final int AT_ONCE = 8;

  /** Nothing of these jobs runs, so that the machine does nothing but take them. */
  private static final String HOLD = "slurm.hold";

  private final SlurmCommands slurm;
  private final Table table = new Table();
  private int names;

  SlurmBenchmark(SlurmCommands slurm) {
    this.slurm = slurm;
  }

  @Override
  public String run(Effort effort) throws Exception {
    submission(effort);
    endToCallback(effort, 20, "that end one after the other", Duration.ofMillis(200));
    endToCallback(effort, 20, "that end at once", Duration.ZERO);
    endToCallback(effort, 200, "that end at once", Duration.ZERO);
    commands(effort);
    return table.toString();
  }

  private String freshName() {
    return "psij-benchmark-" + ProcessHandle.current().pid() + "-" + names++;
  }

  private JobExecutor open(SlurmCommands commands) {
    return JobExecutor.getInstance(
        "slurm",
        null,
        null,
        BatchExecutorConfig.builder()
            .workDirectory(Scratch.folder())
            .commandFolder(commands.folder())
            .build());
  }

  private void submission(Effort effort) throws Exception {
    int jobs = effort.jobs(1_000);
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(LOOP, () -> bySbatch(jobs, "for i in $(seq %d); do %s; done"))
            .with(LIKE, () -> byLibrary(jobs, i -> JobAttributes.builder()))
            .with(XARGS, () -> bySbatch(jobs, "seq %d | xargs -P8 -I{} %s"))
            .with(PROCESSES, () -> byProcesses(jobs))
            .with(UNLIKE, () -> byLibrary(jobs, SlurmBenchmark::ofOwnDuration))
            .warmUp()
            .run(effort.rounds());
    String what = "%,d held jobs, `submitAll`, ".formatted(jobs);
    table.ratio(
        what + "all alike, beside `sbatch` in a shell loop",
        "jobs/s",
        rounds,
        LIKE,
        LOOP,
        value -> value,
        Target.atLeast(20));
    table.ratio(
        what + "each with another duration, beside `xargs -P8 sbatch`",
        "jobs/s",
        rounds,
        UNLIKE,
        XARGS,
        value -> value,
        Target.atLeast(0.9));
    table.ratio(
        "the same beside `ProcessBuilder` with `sbatch` in eight threads, and nothing else",
        "jobs/s",
        rounds,
        UNLIKE,
        PROCESSES,
        value -> value,
        Target.NONE);
    table.ratio(
        "that `ProcessBuilder`, instead of the library, beside `xargs -P8 sbatch`",
        "jobs/s",
        rounds,
        PROCESSES,
        XARGS,
        value -> value,
        Target.NONE);
    table.ratio(
        "the jobs of another duration each beside `sbatch` in a shell loop",
        "jobs/s",
        rounds,
        UNLIKE,
        LOOP,
        value -> value,
        Target.NONE);
  }

  /** Jobs of which no two can be tasks of one array. */
  private static JobAttributes.Builder ofOwnDuration(int job) {
    return JobAttributes.builder().duration(Duration.ofMinutes(1 + job));
  }

  /** Jobs a second. */
  private double bySbatch(int jobs, String loop) throws IOException, InterruptedException {
    String name = freshName();
    String command = String.join(" ", sbatch(name));
    long before = System.nanoTime();
    FreshJvm.output(List.of("/bin/sh", "-ec", loop.formatted(jobs, command)));
    double seconds = (System.nanoTime() - before) / 1e9;
    slurm.cancelAll(name);
    return jobs / seconds;
  }

  /** Jobs a second, if a JVM starts as many commands at once as the library and does no more. */
  private double byProcesses(int jobs) throws Exception {
    String name = freshName();
    List<String> command = sbatch(name);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      long before = System.nanoTime();
      List<Callable<String>> commands = Collections.nCopies(jobs, () -> FreshJvm.output(command));
      for (Future<String> ended : threads.invokeAll(commands)) {
        ended.get();
      }
      return jobs / ((System.nanoTime() - before) / 1e9);
    } finally {
      threads.shutdown();
      slurm.cancelAll(name);
    }
  }

  private List<String> sbatch(String name) throws IOException {
    Path script = Files.writeString(Scratch.folder().resolve("job.sh"), "#!/bin/sh\ntrue\n");
    return List.of(
        slurm.path("sbatch"),
        "--parsable",
        "--hold",
        "--output=/dev/null",
        "--job-name=" + name,
        script.toString());
  }

  private double byLibrary(int count, Function<Integer, JobAttributes.Builder> attributes)
      throws IOException, InterruptedException {
    String name = freshName();
    try (JobExecutor executor = open(slurm)) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        jobs.add(
            new Job(
                JobSpec.builder("/bin/true")
                    .name(name)
                    .attributes(
                        attributes.apply(i).queueName("long").customAttribute(HOLD, true).build())
                    .build()));
      }
      long before = System.nanoTime();
      submit(executor, jobs);
      return count / ((System.nanoTime() - before) / 1e9);
    } finally {
      slurm.cancelAll(name);
    }
  }

  private static void submit(JobExecutor executor, List<Job> jobs) {
    Map<Job, PsijException> refused = executor.submitAll(jobs);
    if (!refused.isEmpty()) {
      throw refused.values().iterator().next();
    }
  }

  private void endToCallback(Effort effort, int all, String how, Duration apart) throws Exception {
    int jobs = effort.jobs(all);
    Rounds<Figures> rounds =
        new Rounds<Figures>()
            .with(LIKE, () -> endToCallback(jobs, apart))
            .warmUp()
            .run(effort.rounds());
    String what = "%,d jobs %s, end by its own clock to COMPLETED, ".formatted(jobs, how);
    table.figure(what + "median", "ms", rounds.of(LIKE, Figures::median), Target.under(50, "ms"));
    table.figure(what + "longest", "ms", rounds.of(LIKE, Figures::most), Target.NONE);
  }

  private Figures endToCallback(int count, Duration apart) throws IOException {
    Path folder = Scratch.folder();
    Map<Job, Long> told = new ConcurrentHashMap<>();
    Map<Job, Path> clocks = new LinkedHashMap<>();
    CountDownLatch ended = new CountDownLatch(count);
    try (JobExecutor executor = open(slurm)) {
      executor.setJobStatusCallback(
          (job, status) -> {
            if (status.isFinal()) {
              told.put(job, Clock.now());
              ended.countDown();
            }
          });
      for (int i = 0; i < count; i++) {
        Path clock = folder.resolve("clock" + i);
        clocks.put(new Job(endingAfter(apart.multipliedBy(i), clock)), clock);
      }
      submit(executor, List.copyOf(clocks.keySet()));
      Latch.await(ended);
    }
    List<Double> millis = new ArrayList<>();
    for (Map.Entry<Job, Path> each : clocks.entrySet()) {
      requireCompleted(each.getKey());
      millis.add(
          (Objects.requireNonNull(told.get(each.getKey())) - Clock.read(each.getValue())) / 1e6);
    }
    return new Figures(millis);
  }

  /** A job that ends so long after its start, and writes down when. */
  private static JobSpec endingAfter(Duration time, Path clock) {
    double seconds = time.toMillis() / 1e3;
    return JobSpec.builder("/bin/sh")
        .arguments("-c", "sleep " + seconds + " && exec " + String.join(" ", Clock.COMMAND))
        .stdoutPath(clock)
        .build();
  }

  private static void requireCompleted(Job job) {
    if (job.getStatus().getState() != JobState.COMPLETED) {
      throw new IllegalStateException("Job " + job.getId() + " ended so: " + job.getStatus());
    }
  }

  /** The commands that are run for many jobs until the end of the last. */
  private void commands(Effort effort) throws IOException {
    int count = effort.jobs(1_000);
    Path calls = Scratch.folder().resolve("calls");
    List<Job> jobs =
        IntStream.range(0, count)
            .mapToObj(i -> new Job(JobSpec.builder("/bin/true").build()))
            .toList();
    CountDownLatch ended = new CountDownLatch(count);
    long before = System.nanoTime();
    try (JobExecutor executor = open(slurm.counted(calls))) {
      executor.setJobStatusCallback(
          (job, status) -> {
            if (status.isFinal()) {
              ended.countDown();
            }
          });
      submit(executor, jobs);
      Latch.await(ended);
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    jobs.forEach(SlurmBenchmark::requireCompleted);
    Map<String, Long> counts =
        Files.readAllLines(calls).stream()
            .collect(Collectors.groupingBy(call -> call, TreeMap::new, Collectors.counting()));
    long submissions = counts.getOrDefault("sbatch", 0L);
    long others = counts.values().stream().mapToLong(Long::longValue).sum() - submissions;
    String what = "%,d jobs run to the end, scheduler commands".formatted(count);
    table.figure(
        what + " besides submission", "", Figures.of((double) others), Target.under(20, ""));
    table.figure(what + " for submission", "", Figures.of((double) submissions), Target.NONE);
    table.figure("the same, time until the last was told", "s", Figures.of(seconds), Target.NONE);
  }
}
