package org.psij.executors.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of files in a folder of the user, each of which appears as a whole or not at all. */
final class FetchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FetchedFiles.class);

  private final Path folder;
  private final boolean overwrite;

  FetchedFiles(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
  }

  /**
   * Copies files.
   *
   * @param files which files, by the names that they get
   * @return the copies
   * @throws FileAlreadyExistsException if one is there and may not be replaced
   */
  List<Path> copy(Map<String, Path> files) throws IOException {
    Files.createDirectories(folder);
    for (String name : files.keySet()) {
      requireAbsent(folder.resolve(name));
    }
    List<Path> copies = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path copy = folder.resolve(file.getKey());
      copy(file.getValue(), copy);
      copies.add(copy);
    }
    return copies;
  }

  private void requireAbsent(Path copy) throws IOException {
    if (!overwrite && Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
      throw alreadyThere(copy);
    }
  }

  private static FileAlreadyExistsException alreadyThere(Path copy) {
    return new FileAlreadyExistsException(
        copy.toString(), null, "is there already, and is not to be overwritten");
  }

  private void copy(Path source, Path copy) throws IOException {
    Path fresh = Files.createTempFile(folder, ".psij-", ".part");
    try {
      try (InputStream in = Files.newInputStream(source);
          OutputStream out = Files.newOutputStream(fresh)) {
        in.transferTo(out);
      }
      if (overwrite) {
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
      } else {
        moveUnlessThere(fresh, copy);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A link is made by one of several at most; some file systems have none. */
  private static void moveUnlessThere(Path fresh, Path copy) throws IOException {
    try {
      Files.createLink(copy, fresh);
    } catch (FileAlreadyExistsException e) {
      throw alreadyThere(copy);
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.debug("{} cannot be linked", fresh, e);
      Files.move(fresh, copy);
    }
  }
}
