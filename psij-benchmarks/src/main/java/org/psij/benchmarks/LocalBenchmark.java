package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.psij.benchmarks.Way.Latency;

/** Jobs of this machine, beside processes that the JDK starts. */
final class LocalBenchmark implements Benchmark {
  private static final List<String> TRUE = List.of("/bin/true");
  private static final String BARE = JdkWay.NAME;
  private static final String LIBRARY = LibraryWay.NAME;
  private static final double NANOS = 1e9;
  private static final double P99 = 0.99;

  /** After so many rounds the JVM has compiled what it will compile. */
  private static final int WARM_UP = 7;

  private final List<String> psij;
  private final Table table = new Table();

  /**
   * Measures the library, and its command.
   *
   * @param psij the command
   */
  LocalBenchmark(String... psij) {
    this.psij = List.of(psij);
  }

  @Override
  public String run(Effort effort) throws Exception {
    throughput(effort);
    oneByOne(effort);
    crowd(effort);
    besideOthers(effort);
    overhead(effort);
    endToCallback(effort);
    freshJvm(effort);
    return table.toString();
  }

  /** Something that starts as many processes as it is told. */
  private interface Starting {
    void start(int count, IntConsumer ended) throws IOException;
  }

  /** Jobs a second from the first start until the last end is told. */
  private static double perSecond(int jobs, Starting starting) throws IOException {
    CountDownLatch ends = new CountDownLatch(jobs);
    AtomicInteger failed = new AtomicInteger();
    long before = System.nanoTime();
    starting.start(
        jobs,
        exitCode -> {
          failed.addAndGet(exitCode == 0 ? 0 : 1);
          ends.countDown();
        });
    Latch.await(ends);
    double seconds = (System.nanoTime() - before) / NANOS;
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " jobs failed");
    }
    return jobs / seconds;
  }

  private void throughput(Effort effort) throws Exception {
    int jobs = effort.jobs(5_000);
    String each = "one by one";
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(BARE, () -> throughput(new JdkWay(), jobs))
            .with(LIBRARY, () -> throughput(new LibraryWay(), jobs))
            .with(
                each,
                () -> {
                  try (LibraryWay way = new LibraryWay()) {
                    return perSecond(jobs, (count, ended) -> way.startEach(TRUE, count, ended));
                  }
                })
            .warmUp()
            .run(effort.rounds());
    String what = "%,d `/bin/true` at once, ".formatted(jobs);
    Target target = Target.atLeast(2);
    table.ratio(what + "`submitAll`", "jobs/s", rounds, LIBRARY, BARE, value -> value, target);
    table.ratio(what + "`submit` of each", "jobs/s", rounds, each, BARE, value -> value, target);
  }

  private static double throughput(Way opened, int jobs) throws IOException {
    try (Way way = opened) {
      return perSecond(jobs, (count, ended) -> way.startAll(TRUE, count, ended));
    }
  }

  /** Microseconds for each of many jobs, submitted some at once. */
  static double time(int times, int jobs) throws IOException {
    try (Way way = new LibraryWay()) {
      double seconds = 0;
      for (int i = 0; i < times; i++) {
        seconds += jobs / perSecond(jobs, (count, ended) -> way.startAll(TRUE, count, ended));
      }
      return seconds * 1e6 / times / jobs;
    }
  }

  /** What one after the other took. */
  private record Latencies(Figures started, Figures ended) {}

  private void oneByOne(Effort effort) throws Exception {
    int jobs = effort.jobs(500);
    Rounds<Latencies> rounds =
        new Rounds<Latencies>()
            .with(BARE, () -> oneByOne(new JdkWay(), jobs))
            .with(LIBRARY, () -> oneByOne(new LibraryWay(), jobs))
            .warmUp()
            .run(effort.rounds());
    String one = "one job, `submit` to final callback, ";
    String call = "`submit` alone, ";
    Target target = Target.atMost(0.8);
    table.ratio(one + "median", "µs", rounds, LIBRARY, BARE, all -> all.ended.median(), target);
    table.ratio(
        one + "p99", "µs", rounds, LIBRARY, BARE, all -> all.ended.percentile(P99), Target.NONE);
    table.ratio(call + "median", "µs", rounds, LIBRARY, BARE, all -> all.started.median(), target);
    table.ratio(
        call + "p99", "µs", rounds, LIBRARY, BARE, all -> all.started.percentile(P99), Target.NONE);
  }

  private static Latencies oneByOne(Way opened, int jobs) throws IOException, InterruptedException {
    List<Latency> all = new ArrayList<>();
    try (Way way = opened) {
      for (int i = 0; i < jobs; i++) {
        all.add(way.runOne(TRUE));
      }
    }
    return new Latencies(
        new Figures(all.stream().map(Latency::started).toList()),
        new Figures(all.stream().map(Latency::ended).toList()));
  }

  private void crowd(Effort effort) throws Exception {
    int jobs = effort.jobs(5_000);
    Rounds<Crowd> rounds =
        new Rounds<Crowd>()
            .with(BARE, () -> Crowd.inFreshJvm(BARE, jobs))
            .with(LIBRARY, () -> Crowd.inFreshJvm(LIBRARY, jobs))
            .run(effort.fewRounds());
    String what = "%,d `sleep` at once, ".formatted(jobs);
    table.figure(
        what + "most threads", "", rounds, LIBRARY, BARE, Crowd::threads, Target.atMost(30));
    table.figure(
        what + "heap a job without its specification",
        "bytes",
        rounds,
        LIBRARY,
        BARE,
        Crowd::heapPerJob,
        Target.under(4096, "bytes"));
  }

  private void besideOthers(Effort effort) throws Exception {
    int jobs = effort.jobs(500);
    int live = effort.jobs(1_000);
    String none = "none";
    String beside = "beside others";
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(none, () -> throughput(new LibraryWay(), jobs))
            .with(beside, () -> throughputBeside(live, jobs))
            .warmUp()
            .run(effort.rounds());
    table.ratio(
        "%,d `/bin/true` while %,d jobs are live, beside none live".formatted(jobs, live),
        "jobs/s",
        rounds,
        beside,
        none,
        value -> value,
        Target.atLeast(0.8));
  }

  private static double throughputBeside(int live, int jobs) throws IOException {
    try (Way way = new LibraryWay()) {
      CountDownLatch killed = new CountDownLatch(live);
      way.startAll(Crowd.SLEEP, live, exitCode -> killed.countDown());
      double rate = perSecond(jobs, (count, ended) -> way.startAll(TRUE, count, ended));
      Crowd.kill();
      Latch.await(killed);
      return rate;
    }
  }

  private void overhead(Effort effort) throws Exception {
    int jobs = effort.jobs(50_000);
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(LIBRARY, () -> overhead(1, jobs))
            .warmUp(WARM_UP)
            .run(effort.rounds());
    table.figure(
        "the library alone, %,d jobs of which none is started, CPU a job".formatted(jobs),
        "µs",
        rounds.of(LIBRARY, value -> value),
        Target.under(20, "µs"));
  }

  /** Microseconds of CPU for each of many jobs that start nothing, submitted some at once. */
  static double overhead(int times, int jobs) throws IOException {
    try (Way way = LibraryWay.withoutProcesses()) {
      double before = CpuTime.now();
      for (int i = 0; i < times; i++) {
        perSecond(jobs, (count, ended) -> way.startAll(TRUE, count, ended));
      }
      return (CpuTime.now() - before) * 1e6 / times / jobs;
    }
  }

  private void endToCallback(Effort effort) throws Exception {
    int jobs = effort.jobs(300);
    Rounds<Figures> rounds =
        new Rounds<Figures>()
            .with(BARE, () -> endToCallback(new JdkWay(), jobs))
            .with(LIBRARY, () -> endToCallback(new LibraryWay(), jobs))
            .warmUp()
            .run(effort.rounds());
    String what = "end of job by its own clock to callback, ";
    table.ratio(what + "median", "µs", rounds, LIBRARY, BARE, Figures::median, Target.atMost(1.2));
    table.ratio(what + "p99", "µs", rounds, LIBRARY, BARE, all -> all.percentile(P99), Target.NONE);
  }

  /** The last that a job does is to write down the time. */
  private static Figures endToCallback(Way opened, int jobs) throws IOException {
    List<Double> micros = new ArrayList<>();
    Path clock = Scratch.folder().resolve("clock");
    try (Way way = opened) {
      for (int i = 0; i < jobs; i++) {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicLong told = new AtomicLong();
        way.start(
            Clock.COMMAND,
            clock,
            exitCode -> {
              told.set(Clock.now());
              ended.countDown();
            });
        Latch.await(ended);
        micros.add((told.get() - Clock.read(clock)) / 1e3);
      }
    }
    return new Figures(micros);
  }

  private void freshJvm(Effort effort) throws Exception {
    int starts = effort.isFull() ? 5 : 1;
    List<String> command = new ArrayList<>(psij);
    command.addAll(List.of("run", "-q", "--"));
    command.addAll(TRUE);
    List<String> bare = FreshJvm.command(StartOne.class, TRUE.get(0));
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(BARE, () -> seconds(bare, starts))
            .with(LIBRARY, () -> seconds(command, starts))
            .warmUp()
            .run(effort.rounds());
    String what = "first job of a JVM, `psij run -- /bin/true` beside `java` that starts it";
    table.ratio(what, "s", rounds, LIBRARY, BARE, value -> value, Target.atMost(3));
    table.figure(
        "the same, wall time", "s", rounds.of(LIBRARY, value -> value), Target.under(0.6, "s"));
  }

  /** The median of some starts. */
  private static double seconds(List<String> command, int starts)
      throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      long before = System.nanoTime();
      FreshJvm.output(command);
      seconds.add((System.nanoTime() - before) / NANOS);
    }
    return new Figures(seconds).median();
  }
}
