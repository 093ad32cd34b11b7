package org.psij.executors.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory of one job and the names of the files in it. Immutable. */
public final class JobDirectory {
  private final Path path;

  /**
   * Names a directory.
   *
   * @param path its absolute path
   */
  public JobDirectory(Path path) {
    this.path = path;
  }

  /**
   * Names the directory.
   *
   * @return its absolute path
   */
  public Path path() {
    return path;
  }

  /**
   * Names the script that runs the job.
   *
   * @return the file
   */
  public Path script() {
    return path.resolve("job.sh");
  }

  /**
   * Names the file in which the script tells how the job goes.
   *
   * @return the file of the first run
   */
  public Path status() {
    return path.resolve("status.1");
  }

  /**
   * Names the file that marks the job as cancelled.
   *
   * @return the file
   */
  public Path cancelMark() {
    return path.resolve("cancel");
  }

  /**
   * Names the file that takes what launcher and scripts print.
   *
   * @return the file
   */
  public Path launcherLog() {
    return path.resolve("launcher.log");
  }

  /**
   * Names the file for the standard output of a job that names none.
   *
   * @return the file
   */
  public Path stdout() {
    return path.resolve("stdout");
  }

  /**
   * Names the file for the standard error of a job that names none.
   *
   * @return the file
   */
  public Path stderr() {
    return path.resolve("stderr");
  }

  /**
   * Names the working directory of a job that names none and stages or cleans up files.
   *
   * @return the directory
   */
  public Path work() {
    return path.resolve("work");
  }

  /**
   * Removes the directory with all that is in it, following no link.
   *
   * @throws IOException if something cannot be removed
   */
  public void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
