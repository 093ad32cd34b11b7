package org.psij.executors.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files and folders that only their user may read, whatever the umask. */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Pattern UNFINISHED = Pattern.compile("(.+)\\.[0-9a-f]{16}");

  private PrivateFiles() {}

  /**
   * Makes a folder and those above it, where they are missing.
   *
   * @param folder the folder; what is there already keeps its permissions
   * @throws IOException if it cannot be made
   */
  public static void createDirectories(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      Files.setPosixFilePermissions(folder, FOLDER);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /**
   * Makes an empty file.
   *
   * @param file the file, which must not be there
   * @return the file
   * @throws IOException if it cannot be made
   */
  public static Path create(Path file) throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    Files.setPosixFilePermissions(file, FILE);
    return file;
  }

  /**
   * Writes a file as UTF-8. What cannot be written as a whole is not left behind.
   *
   * @param file the file, which must not be there
   * @param text all of its content
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String text) throws IOException {
    create(file);
    try {
      // not cut to nothing first, which makes ext4 write it out at once
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Writes a file as UTF-8 such that nobody sees half of it.
   *
   * @param file the file, replaced if it is there
   * @param text all of its content
   * @throws IOException if it cannot be written
   */
  public static void writeAtomically(Path file, String text) throws IOException {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path fresh = file.resolveSibling(file.getFileName() + "." + suffix);
    write(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Tells which file was to be written atomically by a process that has not come to the end of it.
   *
   * @param name the name of what is there
   * @return the name that it would have got, or null if it is nothing of the kind
   */
  static @Nullable String unfinished(String name) {
    Matcher unfinished = UNFINISHED.matcher(name);
    return unfinished.matches() ? unfinished.group(1) : null;
  }
}
