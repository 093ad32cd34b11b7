package org.psij.executors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link KilledClient} in a JVM of its own, as the one who kills it sees it. */
final class ClientProcess {
  private final Process process;
  private final List<String> said = new ArrayList<>(); // guarded by itself
  private final Thread reader;

  private ClientProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "client " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a client; the arguments are those of {@link KilledClient#main}. */
  static ClientProcess start(Map<String, String> environment, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(KilledClient.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ClientProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.add(line);
          said.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not even a killed process closes its pipe like this
    }
  }

  /** Waits for the so-manieth line that begins with a word, for so long at most. */
  void awaitWord(String word, int count, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (said) {
      while (count(word) < count && process.isAlive() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.timedWait(said, 100);
      }
    }
  }

  private long count(String word) {
    return said.stream().filter(line -> line.startsWith(word)).count();
  }

  /**
   * Kills it with SIGKILL after a while, with nothing that it has started.
   *
   * @return false if it had ended before
   */
  boolean killAfter(Duration delay) throws InterruptedException {
    if (process.waitFor(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly();
    return process.waitFor() != 0;
  }

  /** Waits for its end. */
  int awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** What follows a word in the lines that begin with it; complete once the process has ended. */
  List<String> said(String word) throws InterruptedException {
    reader.join();
    synchronized (said) {
      return said.stream()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }
  }
}
