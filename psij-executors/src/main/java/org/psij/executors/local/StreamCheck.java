package org.psij.executors.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.SubmitException;

/** Finds out before a process is started whether its folder and its streams can be opened. */
final class StreamCheck {
  private StreamCheck() {}

  static void require(JobSpec spec, Path workingDirectory) {
    requireDirectory(workingDirectory);
    requireReadable(workingDirectory, spec.getStdinPath());
    requireWritable("stdout_path", workingDirectory, spec.getStdoutPath());
    requireWritable("stderr_path", workingDirectory, spec.getStderrPath());
  }

  static void requireDirectory(Path workingDirectory) {
    if (!Files.isDirectory(workingDirectory)) {
      throw new SubmitException(
          "directory '"
              + workingDirectory
              + (Files.exists(workingDirectory) ? "' is no directory" : "' does not exist"));
    }
  }

  private static void requireReadable(Path workingDirectory, @Nullable Path path) {
    if (path == null) {
      return;
    }
    Path file = workingDirectory.resolve(path);
    if (!Files.exists(file)) {
      throw new SubmitException("stdin_path '" + file + "' does not exist");
    }
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      throw new SubmitException("stdin_path '" + file + "' cannot be read");
    }
  }

  private static void requireWritable(String field, Path workingDirectory, @Nullable Path path) {
    if (path == null) {
      return;
    }
    Path file = workingDirectory.resolve(path);
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new SubmitException(field + " '" + file + "' is a directory");
    }
    if (!Files.isDirectory(folder)) {
      throw new SubmitException(field + " '" + file + "': there is no directory '" + folder + "'");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new SubmitException(field + " '" + file + "' cannot be written");
    }
  }
}
