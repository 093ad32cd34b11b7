package org.psij.executors.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.executors.work.EpochSeconds;
import org.psij.serialize.JsonJobSpecSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one journal. Half a record is none, and what cannot be understood is passed over. Safe
 * for use by many threads.
 */
final class JournalReader {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** Of which jobs a reader keeps what it has read. */
  private enum Memory {
    ALL,
    SPECS,
    UNTOLD,
    FOLLOWED
  }

  private final Path file;
  private final Memory memory;

  // guarded by this
  private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> specs = new LinkedHashMap<>();
  private final Map<String, Integer> followers = new HashMap<>();
  private final Map<ProcessId, Boolean> aliveSinceRead = new HashMap<>();
  private Place place = Place.here();
  private @Nullable Path submitterDirectory;
  private @Nullable String owner;
  private @Nullable ProcessId starter;
  private boolean drained;
  private long position;

  private JournalReader(Path file, Memory memory) {
    this.file = file;
    this.memory = memory;
  }

  /** Reads a journal for whoever needs all that it tells. */
  static JournalReader ofAll(Path file) {
    return new JournalReader(file, Memory.ALL);
  }

  /** Reads a journal for whoever needs the specifications of jobs, even of those that are over. */
  static JournalReader ofSpecs(Path file) {
    return new JournalReader(file, Memory.SPECS);
  }

  /** Follows a journal for long: without specifications, and without jobs whose end was told. */
  static JournalReader ofUntold(Path file) {
    return new JournalReader(file, Memory.UNTOLD);
  }

  /** Follows single jobs of a journal, see {@link #follow}. */
  static JournalReader ofFollowed(Path file) {
    return new JournalReader(file, Memory.FOLLOWED);
  }

  /** Keeps from now on what comes of a job; another reader tells what has come. */
  synchronized void follow(String jobId, JournalEntry known, long knownPosition) {
    followers.merge(jobId, 1, Integer::sum);
    entries.put(jobId, known);
    position = Math.min(position, knownPosition); // to read a record twice changes nothing
  }

  /**
   * Takes one {@link #follow} back.
   *
   * @return true if no job is followed any more
   */
  synchronized boolean unfollow(String jobId) {
    if (followers.computeIfPresent(jobId, (id, count) -> count == 1 ? null : count - 1) == null) {
      entries.remove(jobId);
    }
    return followers.isEmpty();
  }

  /** How far it has read. */
  synchronized long position() {
    return position;
  }

  Path file() {
    return file;
  }

  /**
   * Reads what has come since the last call; nothing if the file is gone.
   *
   * @throws IOException if the file cannot be read
   */
  synchronized void read() throws IOException {
    aliveSinceRead.clear();
    for (String line : newLines()) {
      try {
        understand(line);
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        LOG.debug("{} holds a record that cannot be understood", file, e);
      }
    }
  }

  synchronized Place place() {
    return place;
  }

  /** Where relative paths of the submitter's side begin, or null if the journal does not say. */
  synchronized @Nullable Path submitterDirectory() {
    return submitterDirectory;
  }

  /** The owner who answers for the jobs, or null if the journal names none yet. */
  synchronized @Nullable String owner() {
    return owner;
  }

  /** Tells whether the last starter is there, who may start more. */
  synchronized boolean hasStarter() {
    return isAlive(starter);
  }

  /** Tells whether whoever started a job is there, and will write its end. */
  synchronized boolean hasStarterOf(JournalEntry entry) {
    return isAlive(entry.starter());
  }

  /** Asks the system once between two calls of {@link #read}, however many jobs one has started. */
  private boolean isAlive(@Nullable ProcessId process) {
    return process != null
        && isHere()
        && aliveSinceRead.computeIfAbsent(process, ProcessId::isAlive);
  }

  /** Tells whether the numbers of its processes mean anything here, and now. */
  synchronized boolean isHere() {
    return place.equals(Place.here());
  }

  /** Tells whether nothing more will be started. */
  synchronized boolean isDrained() {
    return drained || !hasStarter();
  }

  synchronized Collection<JournalEntry> entries() {
    return List.copyOf(entries.values());
  }

  synchronized @Nullable JournalEntry entry(String jobId) {
    return entries.get(jobId);
  }

  /**
   * The specification of a job that was not told, with {@link #ofSpecs} of any, or null if it
   * cannot be read.
   */
  synchronized @Nullable JobSpec spec(String jobId) {
    String json = specs.get(jobId);
    try {
      return json == null ? null : new JsonJobSpecSerializer().loads(json);
    } catch (InvalidJobException e) {
      LOG.warn("Job {}: its specification in {} cannot be read", jobId, file, e);
      return null;
    }
  }

  private void understand(String line) {
    int space = line.indexOf(' ');
    Journal.Kind kind = Journal.Kind.valueOf(space < 0 ? line : line.substring(0, space));
    String content = space < 0 ? "" : line.substring(space + 1);
    switch (kind) {
      case PLACE -> place = Place.parse(content);
      case DIRECTORY -> submitterDirectory = content.isEmpty() ? null : Path.of(content);
      case OWNER -> owner = UUID.fromString(content).toString();
      case STARTER -> {
        starter = process(content.split(" ", -1), 0);
        drained = false;
      }
      case DRAINED -> drained = true;
      case SPEC -> submitted(content);
      default -> happened(kind, content.split(" ", -1));
    }
  }

  private void submitted(String content) {
    int space = content.indexOf(' ');
    String job = content.substring(0, Math.max(0, space));
    requireJobId(job);
    if (memory != Memory.FOLLOWED || followers.containsKey(job)) {
      entries.put(job, JournalEntry.submitted(job));
    }
    if (memory == Memory.ALL || memory == Memory.SPECS) {
      specs.put(job, content.substring(space + 1));
    }
  }

  private void happened(Journal.Kind kind, String[] words) {
    String job = words[0];
    switch (kind) {
      case STARTING -> change(job, entry -> entry.withStarting(starter));
      case REFUSED -> change(job, JournalEntry::withRefusal);
      case STARTED -> {
        ProcessId process = process(words, 1);
        change(job, entry -> entry.withProcess(process));
      }
      case ENDING -> {
        EndReason reason = EndReason.valueOf(word(words, 1));
        change(job, entry -> entry.withReason(reason));
      }
      case ENDED -> {
        ProcessEnd end =
            new ProcessEnd(
                number(word(words, 1)), number(word(words, 2)), EpochSeconds.parse(word(words, 3)));
        change(job, entry -> entry.withEnd(end));
      }
      case TOLD -> told(job);
      default -> throw new IllegalArgumentException(kind.name());
    }
  }

  private void told(String job) {
    if (memory != Memory.SPECS) {
      specs.remove(job);
    }
    if (memory == Memory.UNTOLD) {
      entries.remove(job);
    } else {
      change(job, JournalEntry::withTold);
    }
  }

  private static void requireJobId(String job) {
    if (!JOB_ID.matcher(job).matches()) {
      throw new IllegalArgumentException("no id of a job: " + job.length() + " characters");
    }
  }

  /** Half an id, or one of which nothing is to be kept, is none of the jobs. */
  private void change(String job, UnaryOperator<JournalEntry> change) {
    entries.computeIfPresent(job, (id, entry) -> change.apply(entry));
  }

  private static ProcessId process(String[] words, int from) {
    return new ProcessId(
        Long.parseLong(word(words, from)),
        word(words, from + 1),
        EpochSeconds.parse(word(words, from + 2)));
  }

  private static String word(String[] words, int index) {
    if (index >= words.length) {
      throw new IllegalArgumentException("word " + index + " is missing");
    }
    return words[index];
  }

  private static @Nullable Integer number(String word) {
    return word.equals(Journal.NONE) ? null : Integer.valueOf(word);
  }

  /** With a stream, which an interrupted thread may read. */
  private List<String> newLines() throws IOException {
    byte[] all;
    try (InputStream stream = new FileInputStream(file.toFile())) {
      stream.skipNBytes(position);
      all = stream.readAllBytes();
    } catch (FileNotFoundException e) {
      if (Files.exists(file)) {
        throw e;
      }
      return List.of();
    } catch (EOFException e) {
      return List.of(); // somebody has cut it short
    }
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    position += end;
    return new String(all, 0, end, UTF_8).lines().filter(line -> !line.isEmpty()).toList();
  }
}
