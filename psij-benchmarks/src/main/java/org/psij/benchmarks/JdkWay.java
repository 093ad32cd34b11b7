package org.psij.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Bare {@link ProcessBuilder}, as it is without any setting. Its streams are files and {@code
 * /dev/null}, as the library's are: pipes would make it slower.
 */
final class JdkWay implements Way {
  static final String NAME = "jdk";

  private static final File NULL_DEVICE = new File("/dev/null");

  @Override
  public void start(List<String> command, Path stdout, IntConsumer ended) throws IOException {
    tell(start(command, Redirect.to(stdout.toFile())), ended);
  }

  @Override
  public void startAll(List<String> command, int count, IntConsumer ended) throws IOException {
    for (int i = 0; i < count; i++) {
      tell(start(command, Redirect.DISCARD), ended);
    }
  }

  @Override
  public Latency runOne(List<String> command) throws IOException, InterruptedException {
    long before = System.nanoTime();
    Process process = start(command, Redirect.DISCARD);
    long started = System.nanoTime();
    process.waitFor();
    return Latency.of(before, started, System.nanoTime());
  }

  private static Process start(List<String> command, Redirect stdout) throws IOException {
    return new ProcessBuilder(command)
        .redirectInput(NULL_DEVICE)
        .redirectOutput(stdout)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  private static void tell(Process process, IntConsumer ended) {
    CompletableFuture<Void> unused =
        process.onExit().thenAccept(gone -> ended.accept(gone.exitValue()));
  }

  @Override
  public void close() {}
}
