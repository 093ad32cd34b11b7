package org.psij.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** A way to run processes of this machine: the JDK's own, or the library. */
interface Way extends AutoCloseable {
  /** Opens a new one, so that rounds share nothing. */
  static Way named(String name) {
    return switch (name) {
      case JdkWay.NAME -> new JdkWay();
      case LibraryWay.NAME -> new LibraryWay();
      default -> throw new IllegalArgumentException("There is no way '" + name + "'");
    };
  }

  /** Starts one process; what it prints goes to a file, and its exit code to a callback. */
  void start(List<String> command, Path stdout, IntConsumer ended) throws IOException;

  /** Starts many at once, with nothing to read or write. */
  void startAll(List<String> command, int count, IntConsumer ended) throws IOException;

  /** Starts one process, and waits until it has ended. */
  Latency runOne(List<String> command) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * How long one process took.
   *
   * @param started microseconds until the call returned that started it
   * @param ended microseconds until its end was known
   */
  record Latency(double started, double ended) {
    static Latency of(long before, long started, long ended) {
      return new Latency((started - before) / 1e3, (ended - before) / 1e3);
    }
  }
}
