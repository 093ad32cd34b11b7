package org.psij.executors.work;

import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;

/**
 * The jobs that a command lists, each read when it is asked for. Not safe for use by several
 * threads.
 */
public final class ListedJobs implements Iterator<QueuedJob> {
  private final LineReader lines;
  private final Function<String, @Nullable QueuedJob> reader;
  private @Nullable QueuedJob next;

  /**
   * Reads from the output of a command.
   *
   * @param output what it prints; the caller closes it
   * @param reader takes each line, and gives the job that ends with it, or null if none does
   */
  public ListedJobs(InputStream output, Function<String, @Nullable QueuedJob> reader) {
    this.lines = new LineReader(output);
    this.reader = reader;
  }

  /**
   * {@inheritDoc}
   *
   * @throws java.io.UncheckedIOException if the output cannot be read on
   */
  @Override
  public boolean hasNext() {
    while (next == null) {
      String line = lines.next();
      if (line == null) {
        return false;
      }
      next = reader.apply(line);
    }
    return true;
  }

  @Override
  public QueuedJob next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("No more jobs are listed");
    }
    QueuedJob job = next;
    next = null;
    return job;
  }
}
