package org.psij;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that a job writes, wherever it is: see {@link JobFiles}. Immutable. */
public final class OutputFile {
  /** The standard output of the job. */
  public static final OutputFile STDOUT = new OutputFile("stdout", null);

  /** The standard error of the job. */
  public static final OutputFile STDERR = new OutputFile("stderr", null);

  /** What the launcher and the scripts around the job print. */
  public static final OutputFile LAUNCHER_LOG = new OutputFile("launcher.log", null);

  private final String name;
  private final @Nullable Path path;

  private OutputFile(String name, @Nullable Path path) {
    this.name = name;
    this.path = path;
  }

  /**
   * Names a file by its path.
   *
   * @param path a relative path, which is resolved in the working directory of the job and must not
   *     leave it
   * @return the file
   * @throws InvalidJobException if the path is absolute or leaves the working directory
   */
  public static OutputFile of(Path path) {
    FieldCheck.insideWorkingDirectory("file", path);
    if (path.isAbsolute()) {
      throw new InvalidJobException(
          "file", "must be relative to the working directory, was '" + path + "'");
    }
    return new OutputFile(path.toString(), path);
  }

  /**
   * Tells the name of the file: {@code stdout}, {@code stderr}, {@code launcher.log}, or the path.
   *
   * @return the name
   */
  public String getName() {
    return name;
  }

  /**
   * Tells the path of a file that was named by one.
   *
   * @return the path, relative to the working directory of the job, or null for the three files
   *     that every job has
   */
  public @Nullable Path getPath() {
    return path;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutputFile that
        && name.equals(that.name)
        && Objects.equals(path, that.path);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, path);
  }

  @Override
  public String toString() {
    return name;
  }
}
