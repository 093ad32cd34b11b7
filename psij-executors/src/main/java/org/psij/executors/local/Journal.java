package org.psij.executors.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.EpochSeconds;
import org.psij.executors.work.PrivateFiles;

/**
 * What one executor has started, in a file to which several processes append and which any may
 * read. A record starts with a newline too, so that half a record, left by a process that was
 * killed or by a full disk, spoils no other. Safe for use by many threads.
 *
 * <pre>
 * PLACE    host boot namespace  where process ids mean anything
 * DIRECTORY path                where relative paths of the submitter's side begin
 * OWNER    owner                who answers for the jobs; the last one counts
 * STARTER  pid birth time       who starts the processes, and writes their ends
 * SPEC     job json             about to be handed to the starter
 * STARTING job                  about to be started
 * STARTED  job pid birth time
 * REFUSED  job                  not started after all
 * ENDING   job reason           the library is about to end it
 * ENDED    job exit signal time
 * TOLD     job                  whoever submitted it knows how it came out
 * DRAINED                       nothing more will be started by the starter
 * </pre>
 */
final class Journal implements AutoCloseable {
  /** The kinds of records. */
  enum Kind {
    PLACE,
    DIRECTORY,
    OWNER,
    STARTER,
    SPEC,
    STARTING,
    STARTED,
    REFUSED,
    ENDING,
    ENDED,
    TOLD,
    DRAINED
  }

  static final String NONE = "-";

  private final Path file;

  // guarded by this
  private @Nullable FileChannel channel;
  private boolean closed;

  private Journal(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  /** Begins a journal. */
  static Journal create(Path file, String owner) throws IOException {
    Journal journal = new Journal(PrivateFiles.create(file));
    journal.append(
        record(Kind.PLACE, Place.here().toString())
            + record(Kind.DIRECTORY, currentDirectory())
            + record(Kind.OWNER, owner));
    return journal;
  }

  /** One that does not fit into a line is left out. */
  private static String currentDirectory() {
    String path = Path.of("").toAbsolutePath().toString();
    return path.chars().anyMatch(Character::isISOControl) ? "" : path;
  }

  /** Continues the journal of another process. */
  static Journal continued(Path file) throws IOException {
    return new Journal(file);
  }

  Path file() {
    return file;
  }

  void owner(String owner) throws IOException {
    append(Kind.OWNER, owner);
  }

  void starter(ProcessId process) throws IOException {
    append(Kind.STARTER, text(process));
  }

  /**
   * Notes jobs, all at once.
   *
   * @param documents the specifications, by job
   * @throws NoSuchFileException if somebody has removed the journal: the jobs could not be
   *     recovered
   */
  void submitting(Map<String, String> documents) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "was removed; open a new executor");
    }
    StringBuilder records = new StringBuilder();
    documents.forEach(
        (jobId, document) -> records.append(record(Kind.SPEC, jobId + " " + document)));
    append(records.toString());
  }

  void starting(String jobId) throws IOException {
    append(Kind.STARTING, jobId);
  }

  void started(String jobId, ProcessId process) throws IOException {
    append(Kind.STARTED, jobId + " " + text(process));
  }

  void refused(String jobId) throws IOException {
    append(Kind.REFUSED, jobId);
  }

  void ending(String jobId, EndReason reason) throws IOException {
    append(Kind.ENDING, jobId + " " + reason);
  }

  /** Works after {@link #close} too: a process may end later than its executor. */
  void ended(String jobId, ProcessEnd end) throws IOException {
    append(
        Kind.ENDED,
        String.join(
            " ",
            jobId,
            orNone(end.exitCode()),
            orNone(end.signal()),
            EpochSeconds.format(end.time())));
  }

  void told(String jobId) throws IOException {
    append(Kind.TOLD, jobId);
  }

  void drained() throws IOException {
    append(Kind.DRAINED, "");
  }

  private static String text(ProcessId process) {
    return process.pid() + " " + process.birth() + " " + EpochSeconds.format(process.startTime());
  }

  private static String orNone(@Nullable Integer number) {
    return number == null ? NONE : number.toString();
  }

  private static String record(Kind kind, String content) {
    return "\n" + (kind + " " + content).strip() + "\n";
  }

  private void append(Kind kind, String content) throws IOException {
    append(record(kind, content));
  }

  private synchronized void append(String records) throws IOException {
    byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
    boolean interrupted = false;
    try {
      while (!isWritten(bytes)) {
        interrupted |= Thread.interrupted();
      }
    } catch (FileSystemException e) {
      throw e; // names the file
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tries in one piece; an interrupted thread closes the channel and leaves open what happened. */
  private boolean isWritten(byte[] record) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(file, StandardOpenOption.APPEND);
      channel = open;
    }
    try {
      for (ByteBuffer rest = ByteBuffer.wrap(record); rest.hasRemaining(); ) {
        open.write(rest);
      }
      return true;
    } catch (ClosedByInterruptException e) {
      channel = null;
      return false;
    } finally {
      if (closed) {
        close();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      channel = null;
    }
  }
}
