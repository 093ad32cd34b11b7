package org.psij.executors.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a process prints, taken from its pipes as it comes. Their end is not waited for: what the
 * process leaves behind in the background may hold them open for long. For use by one thread.
 */
final class CommandOutput implements AutoCloseable {
  private static final int PAUSE_MILLIS = 5;

  /** A hundred thousand jobs are listed in a third of it. */
  private static final int MOST = 64 << 20;

  private final Process process;
  private final InputStream outPipe;
  private final InputStream errPipe;
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  CommandOutput(Process process) {
    this.process = process;
    this.outPipe = process.getInputStream();
    this.errPipe = process.getErrorStream();
  }

  /**
   * Takes what comes until the process ends.
   *
   * @return false if it has not ended in time, or has printed too much
   */
  boolean awaitEnd(Duration limit) throws IOException, InterruptedException {
    long start = System.nanoTime();
    boolean ended = !process.isAlive();
    while (!ended
        && !isTooMuch()
        && Duration.ofNanos(System.nanoTime() - start).compareTo(limit) < 0) {
      if (!take()) {
        process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
      ended = !process.isAlive();
    }
    take(); // all that an ended process has printed is in the pipes
    return ended && !isTooMuch();
  }

  boolean isTooMuch() {
    return stdout.size() + stderr.size() > MOST;
  }

  private boolean take() throws IOException {
    boolean anyOut = take(outPipe, stdout);
    boolean anyErr = take(errPipe, stderr);
    return anyOut || anyErr;
  }

  private static boolean take(InputStream from, ByteArrayOutputStream to) throws IOException {
    byte[] bytes = from.readNBytes(from.available());
    to.writeBytes(bytes);
    return bytes.length > 0;
  }

  String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  String stderr() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try (outPipe) {
      errPipe.close();
    }
  }
}
