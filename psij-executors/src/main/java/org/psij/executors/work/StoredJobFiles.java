package org.psij.executors.work;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobFiles;
import org.psij.OutputFile;
import org.psij.PsijException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of jobs on file systems that this machine sees. */
public final class StoredJobFiles implements JobFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StoredJobFiles.class);

  private final JobLocator locator;

  /** A reader that follows a file asks often. */
  private final Map<Job, JobPaths> known = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Reads and removes the files of an executor's jobs.
   *
   * @param locator tells where they are
   */
  public StoredJobFiles(JobLocator locator) {
    this.locator = locator;
  }

  @Override
  public long size(Job job, OutputFile file) {
    try {
      return size(located(job, file));
    } catch (IOException e) {
      throw unreadable(job, file, e);
    }
  }

  private static long size(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      return channel == null ? 0 : Files.size(file); // as true as that of the channel by now
    }
  }

  /**
   * Opens a file, and looks into its folder if there is none: both make a network file system ask
   * again.
   */
  private static @Nullable FileChannel open(Path file) throws IOException {
    try {
      return openRegular(file);
    } catch (NoSuchFileException e) {
      LOG.trace("It may be there by now", e);
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (DirectoryStream<Path> neighbours = Files.newDirectoryStream(folder)) {
      for (Path neighbour : neighbours) {
        if (neighbour.getFileName().equals(file.getFileName())) {
          return openRegular(file);
        }
      }
      return null;
    } catch (NoSuchFileException | AccessDeniedException e) {
      LOG.trace("It is not there, or its folder is not to be listed", e);
      return null;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** To open a pipe would wait for whoever opens its other end. */
  private static FileChannel openRegular(Path file) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new IOException(file + " is no regular file");
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public byte[] peek(Job job, OutputFile file, long offset, int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative, was " + size);
    }
    try (FileChannel channel = open(located(job, file))) {
      if (channel == null) {
        return new byte[0];
      }
      long length = channel.size();
      long start = offset < 0 ? Math.max(0, length + offset) : offset;
      return read(channel, start, (int) Math.min(size, Math.max(0, length - start)));
    } catch (IOException e) {
      throw unreadable(job, file, e);
    }
  }

  private static byte[] read(FileChannel channel, long start, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    long position = start;
    int n = size == 0 ? 0 : channel.read(buffer, position);
    while (n > 0 && buffer.hasRemaining()) {
      position += n;
      n = channel.read(buffer, position);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public List<Path> fetch(Job job, Path directory, boolean overwrite) {
    Map<String, Path> outputs = new LinkedHashMap<>();
    try {
      JobPaths paths = paths(job);
      put(outputs, OutputFile.STDOUT, paths.stdout());
      put(outputs, OutputFile.STDERR, paths.stderr());
      if (paths.sharedLog() == null) {
        put(outputs, OutputFile.LAUNCHER_LOG, paths.launcherLog());
      }
      return new FetchedFiles(directory, overwrite).copy(outputs);
    } catch (IOException e) {
      throw new PsijException(
          what(job) + ": its output cannot be copied to " + directory + ": " + e.getMessage(), e);
    }
  }

  private static void put(Map<String, Path> outputs, OutputFile file, @Nullable Path path) {
    if (path != null && Files.isRegularFile(path) && !outputs.containsValue(path)) {
      outputs.put(file.getName(), path);
    }
  }

  @Override
  public void free(Job job) {
    if (!job.getStatus().isFinal()) {
      throw new InvalidStateException(
          what(job) + " has not ended, it is " + job.getStatus().getState());
    }
    try {
      if (locator.isAwaitedElsewhere(job)) {
        throw new InvalidStateException(
            what(job) + ": the process that has submitted it has still to read how it ended");
      }
      locator.free(job);
      known.remove(job);
    } catch (IOException e) {
      throw new PsijException(what(job) + ": not all is removed: " + e.getMessage(), e);
    }
  }

  @Override
  public Set<String> getDataSchemes() {
    return Set.of(StagedFile.SCHEME);
  }

  @Override
  public boolean validateData(Collection<URI> locations) {
    return locations.stream().allMatch(StagedFile::canBe);
  }

  private Path located(Job job, OutputFile file) throws IOException {
    JobPaths paths = paths(job);
    Path relative = file.getPath();
    if (relative != null) {
      return inside(paths.workingDirectory(), relative);
    }
    Path path =
        file.equals(OutputFile.STDOUT)
            ? paths.stdout()
            : file.equals(OutputFile.STDERR) ? paths.stderr() : paths.launcherLog();
    if (path == null) {
      throw new PsijException(
          what(job) + ": its " + file + " is thrown away; its specification names no file", null);
    }
    return path;
  }

  /** Through symbolic links, too, nothing is reached that lies elsewhere. */
  private static Path inside(Path workingDirectory, Path relative) throws IOException {
    Path file = workingDirectory.resolve(relative);
    if (Files.exists(file) && !file.toRealPath().startsWith(workingDirectory.toRealPath())) {
      throw new IOException(file + " leads out of the working directory");
    }
    return file;
  }

  private JobPaths paths(Job job) throws IOException {
    JobPaths paths = known.get(job);
    if (paths == null) {
      paths = locator.paths(job);
      if (paths == null) {
        throw new PsijException(
            what(job)
                + ": nothing is known here about its files: they were removed, or it was"
                + " submitted by other means or with another work directory",
            null);
      }
      if (job.getNativeId() != null) {
        known.put(job, paths); // before, the job may have no script yet
      }
    }
    return paths;
  }

  private static PsijException unreadable(Job job, OutputFile file, IOException e) {
    return new PsijException(what(job) + ": " + file + " cannot be read: " + e.getMessage(), e);
  }

  private static String what(Job job) {
    return "Job " + job.getId() + " (native id " + job.getNativeId() + ")";
  }
}
