package org.psij.executors.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs while its output is read. It waits for its reader, who may take any time; the
 * limit is for what the reader waits. As in {@link CommandOutput}, the end of the process is the
 * end of its output. For use by one thread; any other may close it.
 */
final class RunningCommand implements AutoCloseable {
  private static final int PAUSE_MILLIS = 2;
  private static final int LONGEST_STDERR = 1 << 16;

  private final List<String> command;
  private final Process process;
  private final Duration limit;
  private final InputStream outPipe;
  private final InputStream errPipe;
  private final InputStream stdout = new Output();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final long start = System.nanoTime();
  private long waited;

  RunningCommand(List<String> command, Process process, Duration limit) {
    this.command = command;
    this.process = process;
    this.limit = limit;
    this.outPipe = process.getInputStream();
    this.errPipe = process.getErrorStream();
  }

  /** Gives what the command prints, as it comes; throws if it keeps its reader waiting too long. */
  InputStream stdout() {
    return stdout;
  }

  /** Passes over what is still printed, and tells how the command ended, without its output. */
  CommandResult end() throws IOException {
    stdout.transferTo(OutputStream.nullOutputStream());
    return new CommandResult(
        command,
        process.exitValue(),
        "",
        stderr.toString(StandardCharsets.UTF_8),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Kills the command if it has not ended. */
  @Override
  public void close() {
    if (process.isAlive()) {
      LocalCommandRunner.kill(process);
    }
    try (outPipe) {
      errPipe.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    long begin = System.nanoTime();
    try {
      while (true) {
        boolean ended = !process.isAlive(); // all that it has printed is in the pipes then
        takeErrors();
        int available = outPipe.available();
        if (available > 0) {
          return outPipe.read(bytes, offset, Math.min(length, available));
        }
        if (ended) {
          return -1;
        }
        pause(begin);
      }
    } finally {
      waited += System.nanoTime() - begin;
    }
  }

  private void takeErrors() throws IOException {
    byte[] bytes = errPipe.readNBytes(errPipe.available());
    stderr.write(bytes, 0, Math.min(bytes.length, LONGEST_STDERR - stderr.size()));
  }

  private void pause(long begin) throws IOException {
    long sofar = waited + System.nanoTime() - begin;
    if (sofar > limit.toNanos()) {
      LocalCommandRunner.kill(process);
      throw new IOException(
          "'"
              + String.join(" ", command)
              + "' was killed, it kept its reader waiting for "
              + limit.toMillis()
              + " ms");
    }
    try {
      process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while '" + command.get(0) + "' was read");
    }
  }

  private final class Output extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      return length == 0 ? 0 : take(bytes, offset, length);
    }
  }
}
