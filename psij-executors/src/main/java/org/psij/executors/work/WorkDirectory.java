package org.psij.executors.work;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one kind of executor, {@code <workDirectory>/<executor>}, and this executor's place
 * among its owners. Readable by its user only. Safe for use by many threads.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String LAYOUT = "1";

  /**
   * The owners in this JVM. Their files must not be opened a second time: closing any descriptor of
   * a file gives up all locks that the process has on it, {@code fcntl(2)}.
   */
  private static final Set<String> OWNERS_HERE = ConcurrentHashMap.newKeySet();

  /** A lock on a file keeps other processes out, and is refused to other threads of this one. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  /** Whoever has the lock asks a scheduler at most; a process that is stopped has it for ever. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long LOCK_PAUSE_MILLIS = 20;

  /** The same for the short locks of those who ask for an owner. */
  private static final Object ONE_QUESTION_AT_A_TIME = new Object();

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path root;
  private final String owner = UUID.randomUUID().toString();
  private final FileChannel ownerFile;
  private volatile boolean closed;

  private WorkDirectory(Path root) throws IOException {
    this.root = root;
    PrivateFiles.createDirectories(root);
    requireKnownLayout();
    PrivateFiles.createDirectories(root.resolve("owners"));
    ownerFile = FileChannel.open(PrivateFiles.create(ownerFile(owner)), StandardOpenOption.WRITE);
    try {
      requireOwn();
      lock(ownerFile);
    } catch (IOException e) {
      giveUp();
      throw e;
    }
    OWNERS_HERE.add(owner);
  }

  /**
   * Whoever else may write in here decides what jobs run. What this process has just made tells who
   * it is, whatever names the file system gives to users.
   */
  private void requireOwn() throws IOException {
    if (!Files.getOwner(root).equals(Files.getOwner(ownerFile(owner)))) {
      throw new IOException(
          "it belongs to " + Files.getOwner(root) + ", who could change what runs");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "others may write to it ("
              + PosixFilePermissions.toString(permissions)
              + ") and change what runs; chmod go-w makes it usable");
    }
  }

  /**
   * Opens the folder, which is made if it is not there.
   *
   * @param workDirectory the folder of all executors
   * @param executor the name of the executor
   * @return the folder, with this process as one of its owners until it is closed
   * @throws PsijException if the folder cannot be used
   */
  public static WorkDirectory open(Path workDirectory, String executor) {
    Path root = workDirectory.toAbsolutePath().resolve(executor);
    if (root.toString().chars().anyMatch(Character::isISOControl)) {
      throw new PsijException(
          "The path of a work directory must not hold control characters, was '" + root + "'",
          null);
    }
    try {
      return new WorkDirectory(root);
    } catch (IOException e) {
      throw new PsijException("Cannot use the work directory " + root + ": " + e, e);
    }
  }

  private void requireKnownLayout() throws IOException {
    Path file = root.resolve("layout");
    if (!Files.exists(file)) {
      PrivateFiles.writeAtomically(file, LAYOUT + "\n");
    }
    String found = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (!found.equals(LAYOUT)) {
      throw new IOException(
          "its layout is '" + found + "', and this version of the library knows only " + LAYOUT);
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new IOException("a new owner file is locked by somebody else");
    }
  }

  /**
   * Names the folder.
   *
   * @return its absolute path
   */
  public Path root() {
    return root;
  }

  /**
   * Names this executor among the owners.
   *
   * @return an id that no other executor has
   */
  public String owner() {
    return owner;
  }

  /**
   * Makes sure that this is still the folder that was opened: somebody may have removed it, or
   * taken away the file system that it is on, and what is written in its place would be lost.
   *
   * @throws SubmitException if it is not
   * @throws InvalidStateException if this was closed
   */
  public void requirePresent() {
    if (!Files.exists(ownerFile(owner))) {
      if (closed) {
        throw new InvalidStateException("The executor is closed");
      }
      throw SubmitException.ofTransient(
          "The work directory "
              + root
              + " is not the one that was opened: "
              + ownerFile(owner)
              + " is missing. Bring it back, or open another executor",
          null);
    }
  }

  /**
   * Tells whether a text can be the id of a job, and thus the name of its directory.
   *
   * @param text the text, such as what a file holds
   * @return true for the form that {@link Job#getId()} has
   */
  public static boolean isJobId(String text) {
    return isUuid(text);
  }

  static boolean isUuid(String text) {
    return UUID_FORM.matcher(text).matches();
  }

  /**
   * Names the directory of a job.
   *
   * @param jobId the id of the job
   * @return its directory, which may not be there
   * @throws InvalidPathException if the id is not fit for a file name
   */
  public JobDirectory jobDirectory(String jobId) {
    return new JobDirectory(inside(root, jobId));
  }

  /**
   * Names the directory of a new array.
   *
   * @return a directory that is not there
   */
  public JobDirectory newArray() {
    return jobDirectory(UUID.randomUUID().toString());
  }

  /**
   * Names the file that tells which job has a native id.
   *
   * @param nativeId the id that a scheduler gave it
   * @return the file, which holds the id of the job
   * @throws InvalidPathException if the id is not fit for a file name
   */
  public Path byNativeId(String nativeId) {
    return inside(root.resolve("by-native-id"), nativeId);
  }

  private static Path inside(Path folder, String name) {
    Path file = folder.resolve(name);
    boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
    if (!plain || !folder.equals(file.getParent())) {
      throw new InvalidPathException(name, "An id that is no file name leads elsewhere");
    }
    return file;
  }

  /**
   * Names the folder with the addresses of those who want to be told that a job goes on.
   *
   * @return the folder, with a file for each owner that listens
   */
  public Path watchers() {
    return root.resolve("watchers");
  }

  /**
   * Names the file by which an owner shows that it is there.
   *
   * @param id the id of an owner
   * @return its file, which it keeps locked
   */
  public Path ownerFile(String id) {
    return root.resolve("owners").resolve(id);
  }

  /**
   * Tells whether an owner is still there.
   *
   * @param id the id of an owner
   * @return false if its process has ended or closed its executor
   */
  public boolean isAlive(String id) {
    synchronized (ONE_QUESTION_AT_A_TIME) {
      return OWNERS_HERE.contains(id) || (isUuid(id) && isLocked(ownerFile(id)));
    }
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) { // not in the way of others
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException | IOException e) {
      LOG.debug("{} cannot be locked; its owner counts as alive", file, e);
      return true;
    }
  }

  /**
   * Does something while nobody else, in this process or another, does the same in this folder.
   *
   * @param purpose the name of the file that is locked for it
   * @param action what to do
   * @param <T> what comes of it
   * @return what came of it
   * @throws IOException if the lock cannot be had within two minutes, or the action fails
   */
  public <T> T alone(String purpose, Action<T> action) throws IOException {
    boolean interrupted = Thread.interrupted(); // an interrupted thread gets no lock
    try {
      return locked(purpose, action);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T locked(String purpose, Action<T> action) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Path file = lockFile(purpose);
    try {
      if (!ONE_AT_A_TIME.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("another thread holds " + file + " for too long");
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = lockBefore(deadline, channel, file)) {
        Objects.requireNonNull(lock);
        return action.run();
      } finally {
        ONE_AT_A_TIME.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    }
  }

  private static FileLock lockBefore(long deadline, FileChannel channel, Path file)
      throws IOException, InterruptedException {
    FileLock lock = channel.tryLock();
    while (lock == null) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("another process holds " + file + " for too long");
      }
      Thread.sleep(LOCK_PAUSE_MILLIS);
      lock = channel.tryLock();
    }
    return lock;
  }

  private Path lockFile(String purpose) throws IOException {
    Path file = root.resolve(purpose);
    try {
      PrivateFiles.create(file);
    } catch (FileAlreadyExistsException e) {
      LOG.trace("Somebody has locked it before", e);
    }
    return file;
  }

  /**
   * Something that reads or writes files.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Action<T> {
    /**
     * Does it.
     *
     * @return what came of it
     * @throws IOException if a file cannot be used
     */
    T run() throws IOException;
  }

  /** Gives up the ownership; the files of jobs stay. */
  @Override
  public void close() {
    closed = true;
    try {
      giveUp();
    } catch (IOException e) {
      LOG.warn("{} stays behind, unlocked", ownerFile(owner), e);
    } finally {
      OWNERS_HERE.remove(owner);
    }
  }

  private void giveUp() throws IOException {
    try (ownerFile) {
      Files.deleteIfExists(ownerFile(owner));
    }
  }
}
