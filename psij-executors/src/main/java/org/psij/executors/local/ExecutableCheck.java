package org.psij.executors.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.SubmitException;

/**
 * Finds out before a process is started whether it can be: the rules of {@code execvp(3)}, in the
 * environment and the working directory that the process will have.
 */
final class ExecutableCheck {
  private static final String DEFAULT_PATH = "/bin:/usr/bin";
  private static final int INTERPRETER_LENGTH = 256;

  private final Path workingDirectory;
  private final @Nullable String searchPath;

  ExecutableCheck(Path workingDirectory, @Nullable String searchPath) {
    this.workingDirectory = workingDirectory;
    this.searchPath = searchPath;
  }

  /** Throws if the executable, or the interpreter that it names, cannot be run. */
  void require(String executable) {
    try {
      requireInterpreter(executable, find(executable));
    } catch (InvalidPathException e) {
      throw new SubmitException(
          "executable '" + executable + "' is not a path: " + e.getReason(), e);
    }
  }

  private Path find(String executable) {
    if (executable.contains("/")) {
      Path file = workingDirectory.resolve(executable);
      requireProgram(executable, file);
      return file;
    }
    Path present = null;
    for (String folder : (searchPath == null ? DEFAULT_PATH : searchPath).split(":", -1)) {
      Path file = workingDirectory.resolve(folder).resolve(executable);
      if (Files.isRegularFile(file)) {
        if (Files.isExecutable(file)) {
          return file;
        }
        present = file;
      }
    }
    throw new SubmitException(
        present == null
            ? "executable '" + executable + "' was not found in PATH " + searchPath
            : "executable '" + present + "' may not be executed");
  }

  private static void requireProgram(String name, Path file) {
    if (!Files.exists(file)) {
      throw new SubmitException(
          "executable '"
              + name
              + "' does not exist"
              + (file.toString().equals(name) ? "" : " at " + file));
    }
    if (Files.isDirectory(file)) {
      throw new SubmitException("executable '" + name + "' is a directory");
    }
    if (!Files.isExecutable(file)) {
      throw new SubmitException("executable '" + name + "' may not be executed");
    }
  }

  private void requireInterpreter(String executable, Path file) {
    String interpreter = interpreter(file);
    if (interpreter != null && !Files.isExecutable(workingDirectory.resolve(interpreter))) {
      throw new SubmitException(
          "interpreter '" + interpreter + "' of executable '" + executable + "' cannot be run");
    }
  }

  /** What follows {@code #!}, or null; {@code execve(2)}. */
  private static @Nullable String interpreter(Path file) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(INTERPRETER_LENGTH);
    } catch (IOException e) {
      return null; // executable, and not readable for us: no script
    }
    if (start.length < 2 || start[0] != '#' || start[1] != '!') {
      return null;
    }
    String line = new String(start, 2, start.length - 2, StandardCharsets.UTF_8);
    int end = line.indexOf('\n');
    String[] words = (end < 0 ? line : line.substring(0, end)).strip().split("[ \t]", 2);
    return words[0].isEmpty() ? null : words[0];
  }
}
