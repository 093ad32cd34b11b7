package org.psij.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;
import org.psij.spi.ExecutorDescriptor;

/** Text that the library reads and writes: specifications, and what schedulers list. */
final class JsonBenchmark implements Benchmark {
  private static final String BASELINE = "baseline";
  private static final String LIBRARY = "library";

  private final Table table = new Table();

  @Override
  public String run(Effort effort) throws Exception {
    spec("dump", effort);
    spec("load", effort);
    for (Map.Entry<String, BatchScheduler> dialect : dialects().entrySet()) {
      listing(dialect.getKey(), dialect.getValue(), effort);
    }
    return table
        + "\nThe specification has %,d characters.\n".formatted(new SpecJson().document().length());
  }

  private static Map<String, BatchScheduler> dialects() {
    Map<String, BatchScheduler> dialects = new TreeMap<>();
    for (ExecutorDescriptor descriptor : ServiceLoader.load(ExecutorDescriptor.class)) {
      if (descriptor instanceof BatchExecutorDescriptor batch && Listing.isOf(batch.getName())) {
        dialects.put(batch.getName(), batch.getScheduler());
      }
    }
    return dialects;
  }

  private void spec(String what, Effort effort) throws Exception {
    String method = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(BASELINE, () -> micros("jackson" + method, effort))
            .with(LIBRARY, () -> micros("library" + method, effort))
            .run(effort.rounds());
    table.ratio(
        what + " of a specification beside a plain record and Jackson",
        "µs",
        rounds,
        LIBRARY,
        BASELINE,
        value -> value,
        Target.atMost(2));
  }

  /** What JMH says that a method of {@link SpecJson} takes. */
  private static double micros(String method, Effort effort) throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true"); // of others on this machine
    TimeValue time = TimeValue.milliseconds(effort.isFull() ? 1_000 : 10);
    return new Runner(
            new OptionsBuilder()
                .include(SpecJson.class.getName() + "." + method)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(effort.isFull() ? 1 : 0)
                .warmupIterations(5)
                .warmupTime(time)
                .measurementIterations(3)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .build())
        .runSingle()
        .getPrimaryResult()
        .getScore();
  }

  private void listing(String name, BatchScheduler dialect, Effort effort) throws Exception {
    int jobs = effort.jobs(50_000);
    Listing listing = Listing.of(name, jobs);
    CommandResult result = listing.answer(dialect);
    Rounds<Double> rounds =
        new Rounds<Double>()
            .with(BASELINE, () -> millis(() -> listing.read().length() > 0))
            .with(LIBRARY, () -> millis(() -> dialect.parseStatus(result).jobs().size() >= jobs))
            .warmUp(effort.rounds())
            .run(effort.rounds());
    table.ratio(
        "`%s`: a status listing of %,d jobs beside reading its bytes".formatted(name, jobs),
        "ms",
        rounds,
        LIBRARY,
        BASELINE,
        value -> value,
        Target.under(10, ""));
  }

  private static double millis(BooleanSupplier task) {
    long before = System.nanoTime();
    boolean right = task.getAsBoolean();
    double millis = (System.nanoTime() - before) / 1e6;
    if (!right) {
      throw new IllegalStateException("Not all jobs were listed");
    }
    return millis;
  }
}
