package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.Leftover;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals in a work directory, of this process and of others. Safe for use by many threads.
 */
final class Journals {
  private static final Logger LOG = LoggerFactory.getLogger(Journals.class);
  private static final String PREFIX = "journal-";

  private final Path root;

  /** Names the folder in which the journals are. */
  Journals(Path root) {
    this.root = root;
  }

  /** Names the journal of an owner. */
  Path file(String owner) {
    return root.resolve(PREFIX + owner);
  }

  /** A process in a journal. */
  record Found(JournalReader journal, JournalEntry entry) {}

  /** Reads all journals; one that cannot be read spoils no other. */
  List<JournalReader> readAll() throws IOException {
    return readAll(JournalReader::ofAll);
  }

  /** Reads all journals, with the specifications of jobs whose end was told, too. */
  List<JournalReader> readAllWithSpecs() throws IOException {
    return readAll(JournalReader::ofSpecs);
  }

  private List<JournalReader> readAll(Function<Path, JournalReader> opening) throws IOException {
    List<JournalReader> readers = new ArrayList<>();
    for (Path file : files()) {
      JournalReader reader = opening.apply(file);
      try {
        reader.read();
        readers.add(reader);
      } catch (IOException e) {
        LOG.warn("The journal {} cannot be read", file, e);
      }
    }
    return readers;
  }

  private static boolean isJournal(Path file) {
    return file.getFileName().toString().startsWith(PREFIX) && Files.isRegularFile(file);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(root, Journals::isJournal)) {
      journals.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /**
   * Finds the last process with a number, or null if no journal has it.
   *
   * @throws IOException if any journal cannot be read: it might have it
   */
  @Nullable Found find(long pid) throws IOException {
    List<JournalReader> readers = new ArrayList<>();
    for (Path file : files()) {
      JournalReader reader = JournalReader.ofAll(file);
      reader.read();
      readers.add(reader);
    }
    return readers.stream()
        .filter(JournalReader::isHere)
        .flatMap(journal -> journal.entries().stream().map(entry -> new Found(journal, entry)))
        .filter(found -> found.entry().hasProcess(pid))
        .max(Comparator.comparing(Journals::startTime))
        .orElse(null);
  }

  /** When the process, which must be there, was started. */
  static Instant startTime(Found found) {
    return Objects.requireNonNull(found.entry().process()).startTime();
  }

  /** Lists the processes that run. */
  List<ProcessId> running() throws IOException {
    return readAll().stream()
        .filter(JournalReader::isHere)
        .flatMap(journal -> journal.entries().stream())
        .filter(JournalEntry::isAlive)
        .map(JournalEntry::process)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Removes the journals to which nothing has come for a time, if their owner and their starter are
   * gone, and the end of every job is known.
   */
  void removeExpired(WorkDirectory directory, Duration retention) throws IOException {
    Instant oldest = Instant.now().minus(retention);
    for (Path file : files()) {
      try {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          removeIfOver(directory, JournalReader.ofAll(file));
        }
      } catch (IOException e) {
        LOG.warn("{} may no longer be needed, and cannot be removed", file, e);
      }
    }
  }

  private static void removeIfOver(WorkDirectory directory, JournalReader journal)
      throws IOException {
    journal.read();
    if (isOver(directory, journal)) {
      String firstOwner = journal.file().getFileName().toString().substring(PREFIX.length());
      Files.deleteIfExists(directory.ownerFile(firstOwner));
      Files.deleteIfExists(directory.ownerFile(String.valueOf(journal.owner())));
      Files.deleteIfExists(journal.file());
    }
  }

  /** Shows the journals that {@link #removeExpired} would remove. */
  List<Leftover> leftovers(WorkDirectory directory, Instant oldest) throws IOException {
    List<Leftover> found = new ArrayList<>();
    for (JournalReader journal : readAll()) {
      Path file = journal.file();
      Instant last = Files.getLastModifiedTime(file).toInstant();
      if (last.isBefore(oldest) && isOver(directory, journal)) {
        int jobs = journal.entries().size();
        Leftover.Removal removal = () -> removeIfOver(directory, JournalReader.ofAll(file));
        found.add(new Leftover(file, null, jobs, last, Files.size(file), removal));
      }
    }
    return found;
  }

  private static boolean isOver(WorkDirectory directory, JournalReader journal) {
    String owner = journal.owner();
    return (owner == null || !directory.isAlive(owner))
        && !journal.hasStarter()
        && journal.entries().stream().allMatch(entry -> entry.told() || entry.end() != null);
  }
}
