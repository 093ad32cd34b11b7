package org.psij.executors.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.WorkDirectory;
import org.psij.serialize.JsonJobSpecSerializer;

/**
 * What one executor has started, in a file that other processes read: a line with the specification
 * before the start, one with the process id after it, one with the end. Safe for use by many
 * threads.
 */
final class Journal implements AutoCloseable {
  private static final String PREFIX = "journal-";
  private static final String SPEC = "SPEC";
  private static final String STARTED = "STARTED";
  private static final String ENDED = "ENDED";
  private static final String NONE = "-";

  /** By this much may the start of a process, by its own account and by ours, differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  /**
   * What a journal tells about one process.
   *
   * @param jobId the job that it ran
   * @param pid its id
   * @param startTime when it was started
   * @param end how it ended, or null if that is not told
   * @param reason why the library ended it, or null if it did not
   */
  record Entry(
      String jobId,
      long pid,
      Instant startTime,
      @Nullable ProcessEnd end,
      @Nullable EndReason reason) {

    /** Tells whether this very process is alive, and not a later one with its id. */
    boolean isAlive() {
      ProcessHandle process = ProcessHandle.of(pid).orElse(null);
      return end == null
          && process != null
          && process.isAlive()
          && process
              .info()
              .startInstant()
              .map(start -> start.isBefore(startTime.plus(CLOCK_TOLERANCE)))
              .orElse(true);
    }
  }

  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();
  private final Path file;
  private @Nullable FileChannel channel;

  Journal(WorkDirectory directory) throws IOException {
    file = directory.root().resolve(PREFIX + directory.owner());
    channel = FileChannel.open(PrivateFiles.create(file), StandardOpenOption.APPEND);
  }

  void submitting(String jobId, JobSpec spec) throws IOException {
    append(SPEC, jobId, serializer.dumps(spec));
  }

  void started(String jobId, StartedProcess process) throws IOException {
    append(STARTED, jobId, process.pid() + " " + process.startTime());
  }

  /** Works after {@link #close} too: a process may end later than its executor. */
  void ended(String jobId, ProcessEnd end, @Nullable EndReason reason) throws IOException {
    append(
        ENDED,
        jobId,
        end.exitCode()
            + " "
            + (end.signal() == null ? NONE : end.signal())
            + " "
            + (reason == null ? NONE : reason)
            + " "
            + end.time());
  }

  private synchronized void append(String kind, String jobId, String content) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap(
            (kind + " " + jobId + " " + content + "\n").getBytes(StandardCharsets.UTF_8));
    if (channel != null) {
      writeAll(channel, line);
    } else {
      try (FileChannel reopened = FileChannel.open(file, StandardOpenOption.APPEND)) {
        writeAll(reopened, line);
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public synchronized void close() {
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

  /** Lists what all journals of a work directory tell, each process once. */
  static List<Entry> readAll(Path root) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path journal : journals) {
        entries.addAll(read(journal));
      }
    }
    return entries;
  }

  private static List<Entry> read(Path journal) throws IOException {
    Map<String, Entry> byJob = new HashMap<>();
    try (Stream<String> lines = Files.lines(journal, StandardCharsets.ISO_8859_1)) {
      lines.forEach(line -> readLine(byJob, line));
    } catch (NoSuchFileException e) {
      return List.of(); // its retention was over a moment ago
    }
    return List.copyOf(byJob.values());
  }

  private static void readLine(Map<String, Entry> byJob, String line) {
    if (line.startsWith(SPEC)) {
      return;
    }
    String[] words = line.split(" ", -1);
    Entry entry = words.length < 2 ? null : byJob.get(words[1]);
    try {
      if (words[0].equals(STARTED) && words.length == 4) {
        long pid = Long.parseLong(words[2]);
        byJob.put(words[1], new Entry(words[1], pid, Instant.parse(words[3]), null, null));
      } else if (words[0].equals(ENDED) && words.length == 6 && entry != null) {
        byJob.put(words[1], withEnd(entry, words));
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return; // half a line, of a process that was killed while it wrote
    }
  }

  private static Entry withEnd(Entry entry, String[] words) {
    Integer signal = words[3].equals(NONE) ? null : Integer.valueOf(words[3]);
    EndReason reason = words[4].equals(NONE) ? null : EndReason.valueOf(words[4]);
    ProcessEnd end = new ProcessEnd(Integer.parseInt(words[2]), signal, Instant.parse(words[5]));
    return new Entry(entry.jobId(), entry.pid(), entry.startTime(), end, reason);
  }
}
