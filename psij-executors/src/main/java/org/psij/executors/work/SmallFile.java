package org.psij.executors.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of the library with a word or a line in it. Whatever somebody has put in its place is read
 * without waiting and without filling the memory.
 */
public final class SmallFile {
  private static final int LONGEST = 10_000;

  private SmallFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return what it holds, without blank ends; bytes that are not UTF-8 are replaced; null if it is
   *     empty, not there, or ends in the middle of its last line
   * @throws IOException if it cannot be read, or is no small file
   */
  public static @Nullable String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException(file + " is longer than " + LONGEST + " bytes");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.isBlank() || !text.endsWith("\n") ? null : text.strip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
