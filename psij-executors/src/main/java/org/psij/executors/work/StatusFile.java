package org.psij.executors.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows the files that the script of a job appends to, one a run; only the last run counts. Half
 * a line is no line.
 */
public final class StatusFile {
  /** Many times what a script writes, whose messages are short. */
  private static final int LONGEST = 4 << 20;

  private static final String NAME = "status.";
  private static final int MOST_DIGITS = 6;

  private final JobDirectory directory;

  // guarded by this
  private final List<StatusLine> lines = new ArrayList<>();
  private int run = 1;
  private long position;

  /**
   * Names the files; nothing has been read of them.
   *
   * @param directory the place of the job
   */
  public StatusFile(JobDirectory directory) {
    this.directory = directory;
  }

  /**
   * Tells which run the last call of {@link #read} was about.
   *
   * @return the number, 1 for the first run
   */
  public synchronized int run() {
    return run;
  }

  /**
   * Reads what has come since the last call.
   *
   * @return all lines of the last run that tell a state, in order; empty if there is no file.
   *     Whoever reports them all each time cannot miss one that another thread has read.
   * @throws IOException if the file cannot be read
   */
  public synchronized List<StatusLine> read() throws IOException {
    int latest = latestRun();
    byte[] bytes = wholeLines(directory.status(latest), latest > run ? 0 : position);
    if (latest > run) { // not before it could be read, lest a caller misses the change
      run = latest;
      position = 0;
      lines.clear();
    }
    position += bytes.length;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      StatusLine parsed = StatusLine.parse(line);
      if (parsed != null) {
        lines.add(parsed);
      }
    }
    return List.copyOf(lines);
  }

  /** As a stream, which unlike a channel can be read by a thread that is interrupted. */
  private static byte[] bytesFrom(long position, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.skip(position) < position ? new byte[0] : in.readAllBytes();
    }
  }

  /** Lists the folder, which makes a network file system look again. */
  private int latestRun() throws IOException {
    int latest = run;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.path())) {
      for (Path file : files) {
        latest = Math.max(latest, runOf(file.getFileName().toString()));
      }
    } catch (NoSuchFileException e) {
      return latest; // the folder is not there, or not yet
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return latest;
  }

  /** Tells the run of a status file; 0 of any other file. */
  private static int runOf(String name) {
    int length = name.length();
    if (!name.startsWith(NAME) || length == NAME.length() || length > NAME.length() + MOST_DIGITS) {
      return 0;
    }
    int run = 0;
    for (int i = NAME.length(); i < length; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      run = 10 * run + digit;
    }
    return run;
  }

  /** Somebody may have put something in its place that never ends. */
  private static void requireStatusFile(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile() || attributes.size() > LONGEST) {
      throw new IOException(file + " is no status file");
    }
  }

  private static byte[] wholeLines(Path file, long position) throws IOException {
    byte[] all;
    try {
      requireStatusFile(file);
      all = bytesFrom(position, file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(all, end);
  }
}
