package org.psij.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the cost of a job grows with the number of jobs. */
final class ScaleBenchmark implements Benchmark {
  private static final List<Integer> SIZES = List.of(100, 500, 2_000, 10_000, 50_000);
  private static final String STARTED = "/bin/true, wall time";
  private static final String ALONE = "the library alone, CPU time";
  private static final String FEW = "few";
  private static final String MANY = "many";

  /** Few jobs are run several times, so that there is enough to measure. */
  private static final int STARTED_AT_LEAST = 2_000;

  private static final int ALONE_AT_LEAST = 20_000;

  /** By as much may a flat cost seem to grow. */
  private static final double FLAT = 1.2;

  private final Path plot;
  private final Table table = new Table();

  /**
   * Measures, and draws.
   *
   * @param plot the file to be written
   */
  ScaleBenchmark(Path plot) {
    this.plot = plot;
  }

  /** Microseconds a job, if so many are submitted at once, and that so many times. */
  private interface Cost {
    double of(int times, int jobs) throws Exception;
  }

  @Override
  public String run(Effort effort) throws Exception {
    Plot lines = new Plot("jobs", "µs a job");
    perJob(STARTED, STARTED_AT_LEAST, effort, lines, LocalBenchmark::time);
    perJob(ALONE, ALONE_AT_LEAST, effort, lines, LocalBenchmark::overhead);
    Files.createDirectories(plot.getParent());
    Files.writeString(plot, lines.svg());
    polling(effort);
    return table
        + "\n![Cost of a job by the number of jobs](performance/"
        + plot.getFileName()
        + ")\n";
  }

  private void perJob(String name, int leastJobs, Effort effort, Plot lines, Cost cost)
      throws Exception {
    Rounds<Double> rounds = new Rounds<>();
    for (int size : SIZES) {
      int jobs = effort.jobs(size);
      int times = Math.max(1, effort.jobs(leastJobs) / jobs);
      rounds.with(String.valueOf(size), () -> cost.of(times, jobs));
    }
    rounds.warmUp().run(effort.fewRounds());
    for (int size : SIZES) {
      Figures figures = rounds.of(String.valueOf(size), value -> value);
      lines.point(name, effort.jobs(size), figures.median());
    }
    int least = SIZES.get(0);
    for (int size : SIZES.subList(1, SIZES.size())) {
      table.ratio(
          "%s: a job of %,d beside one of %,d"
              .formatted(name, effort.jobs(size), effort.jobs(least)),
          "µs",
          rounds,
          String.valueOf(size),
          String.valueOf(least),
          value -> value,
          Target.atMost(FLAT));
    }
  }

  private void polling(Effort effort) throws Exception {
    int live = effort.jobs(200);
    int finished = effort.jobs(1_000);
    try (PolledJobs fresh = new PolledJobs(Path.of("/bin"), live, 0);
        PolledJobs old = new PolledJobs(Path.of("/usr/bin"), live, finished)) {
      Rounds<Double> rounds =
          new Rounds<Double>()
              .with(FEW, fresh::pollMillis)
              .with(MANY, old::pollMillis)
              .warmUp(3)
              .run(effort.rounds());
      table.ratio(
          "one poll of %,d live jobs, after %,d others have finished beside none"
              .formatted(live, finished),
          "ms",
          rounds,
          MANY,
          FEW,
          value -> value,
          Target.atMost(FLAT));
    }
  }
}
