package org.psij.executors.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.Launcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of what a job wrote to standard error, for its launcher to look at. */
public final class StderrTail {
  private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
  private static final int LENGTH = 8192;

  private StderrTail() {}

  /**
   * Asks a launcher whether it was the one that failed.
   *
   * @param launcher the launcher of a job
   * @param stderr the file with the standard error of the job
   * @param exitCode what the launch command returned
   * @return what went wrong with the launcher, or null if it was the job that failed, or if nobody
   *     knows
   */
  public static @Nullable String explainFailure(Launcher launcher, Path stderr, int exitCode) {
    try {
      return launcher.explainFailure(exitCode, read(stderr));
    } catch (IOException e) {
      LOG.debug("{} cannot be read", stderr, e);
      return null;
    } catch (RuntimeException | Error e) {
      LOG.error("The launcher '{}' cannot explain a failure", launcher.getName(), e);
      return null;
    }
  }

  /** Empty for what is no regular file: a device or a pipe must not be read here. */
  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    // a stream, unlike a channel, can be read by a thread that is interrupted
    try (InputStream in = Files.newInputStream(file)) {
      long start = Math.max(0, Files.size(file) - LENGTH);
      return in.skip(start) < start
          ? ""
          : new String(in.readNBytes(LENGTH), StandardCharsets.UTF_8);
    }
  }
}
