package org.psij.benchmarks;

import java.nio.file.Path;

/** {@code psij-benchmarks/run}. */
public final class Main {
  private static final int ROUNDS = 5;

  private Main() {}

  /**
   * Measures, and prints what came out.
   *
   * @param arguments the command, and how often and how much it measures
   * @throws Exception if something could not be measured; a target that is missed is no failure
   */
  public static void main(String... arguments) throws Exception {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
    double size = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
    Path home = Path.of(System.getProperty("psij.home", ".")).toAbsolutePath();
    Effort effort = new Effort(rounds, size);
    Path docs = effort.isFull() ? home.resolve("docs") : Scratch.folder();
    String text = section(benchmark(arguments[0], home, docs), effort);
    System.out.println(text);
    if (effort.isFull()) {
      new Document(docs.resolve("performance.md")).replace(arguments[0], text);
    }
    System.exit(0); // whatever still runs
  }

  private static Benchmark benchmark(String command, Path home, Path docs) {
    return switch (command) {
      case "local" -> new LocalBenchmark(home.resolve("psij").toString());
      case "slurm" -> new SlurmBenchmark(SlurmCommands.ofTestbed());
      case "json" -> new JsonBenchmark();
      case "states" -> new StatesBenchmark();
      case "scale" -> new ScaleBenchmark(docs.resolve("performance/scale.svg"));
      default -> throw new IllegalArgumentException("There is no benchmark '" + command + "'");
    };
  }

  static String section(Benchmark benchmark, Effort effort) throws Exception {
    String before = Machine.load();
    String measured = benchmark.run(effort);
    return """
        %s
        Measured on %s; rounds: %d; load average %s before and %s after.
        """
        .formatted(measured, Machine.describe(), effort.rounds(), before, Machine.load());
  }
}
