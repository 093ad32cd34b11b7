package org.psij.executors.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of what a job wrote to standard error, for its launcher to look at. */
final class StderrTail {
  private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
  private static final int LENGTH = 8192;

  private StderrTail() {}

  static @Nullable String explainFailure(LocalRun run, int exitCode) {
    try {
      return run.launcher().explainFailure(exitCode, read(run.stderr()));
    } catch (IOException e) {
      LOG.debug("Job {}: {} cannot be read", run.job().getId(), run.stderr(), e);
      return null;
    } catch (RuntimeException e) {
      LOG.error("The launcher '{}' cannot explain a failure", run.launcher().getName(), e);
      return null;
    }
  }

  /** Empty for what is no regular file: a device or a pipe must not be read here. */
  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
      channel.read(bytes, Math.max(0, channel.size() - LENGTH));
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}
