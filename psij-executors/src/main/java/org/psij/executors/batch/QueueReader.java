package org.psij.executors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidStateException;
import org.psij.QueuedJob;
import org.psij.SubmitException;

/**
 * Runs the commands of a {@link QueueDialect} one after the other, and gives each job once. For use
 * by one thread; any other may close it.
 */
final class QueueReader implements Iterator<QueuedJob>, AutoCloseable {
  private final QueueDialect dialect;
  private final CommandRunner runner;
  private final Duration limit;
  private final Consumer<Exception> accountingFailure;
  private final Consumer<QueueReader> end;
  private final Queue<List<String>> commands;
  private final Set<String> seen = new HashSet<>();
  private boolean answered;
  private Iterator<QueuedJob> jobs = Collections.emptyIterator();
  private @Nullable QueuedJob next;

  // guarded by this
  private @Nullable RunningCommand running;
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param accountingFailure is told if one of the commands behind the first fails
   * @param end is told when no command runs any more
   */
  QueueReader(
      QueueDialect dialect,
      CommandRunner runner,
      Duration limit,
      Consumer<Exception> accountingFailure,
      Consumer<QueueReader> end) {
    this.dialect = dialect;
    this.runner = runner;
    this.limit = limit;
    this.accountingFailure = accountingFailure;
    this.end = end;
    this.commands = new ArrayDeque<>(dialect.commands());
  }

  @Override
  public boolean hasNext() {
    lookAhead();
    return next != null;
  }

  /** Reads up to the next job, or to the end, unless that was done. */
  void lookAhead() {
    boolean more = true;
    while (next == null && more) {
      try {
        more = running() != null || start();
        next = more ? nextOfThisCommand() : null;
      } catch (CommandException | IOException | UncheckedIOException e) {
        failed(e);
      }
    }
  }

  private synchronized @Nullable RunningCommand running() {
    requireOpen();
    return running;
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new InvalidStateException("The list of jobs was closed, as with its executor");
    }
  }

  /** Starts the next command, or tells that there is none. */
  private synchronized boolean start() {
    requireOpen();
    List<String> command = commands.poll();
    if (command == null) {
      end.accept(this);
      return false;
    }
    running = runner.start(command, limit);
    jobs = dialect.jobs(command, running.stdout());
    return true;
  }

  private @Nullable QueuedJob nextOfThisCommand() throws IOException {
    while (jobs.hasNext()) {
      QueuedJob job = jobs.next();
      if (seen.add(job.getNativeId())) {
        return job;
      }
    }
    RunningCommand command = running();
    if (command != null) {
      dialect.check(command.end());
    }
    answered = true;
    stop();
    return null;
  }

  private void failed(Exception problem) {
    requireOpen(); // a command that was ended on purpose has not failed
    stop();
    if (answered) {
      accountingFailure.accept(problem);
    } else {
      end.accept(this);
      throw SubmitException.ofTransient(
          "The scheduler does not list its jobs: " + problem.getMessage(), problem);
    }
  }

  private synchronized void stop() {
    jobs = Collections.emptyIterator();
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public QueuedJob next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    QueuedJob job = next;
    next = null;
    return Objects.requireNonNull(job);
  }

  /** Ends the command; to read on is an {@link InvalidStateException}. */
  @Override
  public synchronized void close() {
    closed = true;
    stop();
  }
}
