package org.psij.executors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that are read row by row. Tells at the end how many rows could not be read. Not safe for use
 * by several threads.
 */
public abstract class QueueRows implements Iterator<QueuedJob> {
  private static final Logger LOG = LoggerFactory.getLogger(QueueRows.class);
  private static final int LONGEST_QUOTE = 200;

  private final Queue<QueuedJob> jobs = new ArrayDeque<>();
  private int unreadable;
  private @Nullable String firstUnreadable;
  private boolean ended;

  /** Starts before the first row. */
  protected QueueRows() {}

  /**
   * Reads on.
   *
   * @return the jobs of the next row or rows, perhaps none; null at the end
   * @throws IOException if the output cannot be read on
   */
  protected abstract @Nullable Collection<QueuedJob> read() throws IOException;

  /**
   * Takes note of a row that is left out.
   *
   * @param row its text, or the beginning of it
   */
  protected final void leaveOut(String row) {
    unreadable++;
    if (firstUnreadable == null) {
      String quote = row.substring(0, Math.min(row.length(), LONGEST_QUOTE));
      firstUnreadable = quote.replaceAll("\\p{Cc}", "?");
    }
  }

  @Override
  public final boolean hasNext() {
    while (jobs.isEmpty() && !ended) {
      try {
        Collection<QueuedJob> more = read();
        if (more == null) {
          ended = true;
          warn();
        } else {
          jobs.addAll(more);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return !jobs.isEmpty();
  }

  @Override
  public final QueuedJob next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return jobs.remove();
  }

  private void warn() {
    if (unreadable > 0) {
      LOG.warn(
          "{} rows of the queue cannot be read and are left out; the first is '{}'",
          unreadable,
          firstUnreadable);
    }
  }
}
