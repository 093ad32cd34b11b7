package org.psij.executors.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Follows the file that the script of a job appends to. Half a line is no line. */
public final class StatusFile {
  private final Path file;

  // guarded by this
  private final List<StatusLine> lines = new ArrayList<>();
  private long position;

  /**
   * Names the file; nothing has been read of it.
   *
   * @param file the file, which may not be there yet
   */
  public StatusFile(Path file) {
    this.file = file;
  }

  /**
   * Reads what has come since the last call.
   *
   * @return all lines so far that tell a state, in order; empty if the file is not there. Whoever
   *     reports them all each time cannot miss one that another thread has read.
   * @throws IOException if the file cannot be read
   */
  public synchronized List<StatusLine> read() throws IOException {
    for (String line : newLines()) {
      StatusLine parsed = StatusLine.parse(line);
      if (parsed != null) {
        lines.add(parsed);
      }
    }
    return List.copyOf(lines);
  }

  private List<String> newLines() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      long from = position;
      for (int n = channel.read(buffer, from); n > 0; n = channel.read(buffer, from)) {
        bytes.write(buffer.array(), 0, n);
        from += n;
        buffer.clear();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    byte[] all = bytes.toByteArray();
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    position += end;
    return List.of(new String(all, 0, end, StandardCharsets.UTF_8).split("\n", -1));
  }
}
