package org.psij.executors.batch;

import java.time.Duration;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.psij.InvalidStateException;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a scheduler as its commands list them. Safe for use by many threads. */
final class SchedulerQueue implements QueueView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerQueue.class);

  private final String executor;
  private final QueueDialect dialect;
  private final CommandRunner runner;
  private final Duration limit;

  /** A stream that was read to its end need not be closed. */
  private final Set<QueueReader> open = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile boolean closed;

  SchedulerQueue(String executor, QueueDialect dialect, CommandRunner runner, Duration limit) {
    this.executor = executor;
    this.dialect = dialect;
    this.runner = runner;
    this.limit = limit;
  }

  @Override
  public Stream<QueuedJob> stream() {
    QueueReader reader =
        new QueueReader(dialect, runner, limit, this::accountingFailed, open::remove);
    open.add(reader);
    try {
      if (closed) {
        throw new InvalidStateException("The executor '" + executor + "' is closed");
      }
      reader.lookAhead(); // so that whoever asks learns at once if there is no answer
    } catch (RuntimeException e) {
      close(reader);
      throw e;
    }
    int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reader, traits), false)
        .onClose(() -> close(reader));
  }

  private void close(QueueReader reader) {
    reader.close();
    open.remove(reader);
  }

  /** What fails once fails often: one warning is enough. */
  private void accountingFailed(Exception problem) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "'{}' does not tell of all jobs that have ended: {}", executor, problem.getMessage());
    } else {
      LOG.debug("'{}' does not tell of all jobs that have ended", executor, problem);
    }
  }

  /** Ends all commands that are still listing jobs. */
  @Override
  public void close() {
    closed = true;
    open.forEach(QueueReader::close);
  }
}
