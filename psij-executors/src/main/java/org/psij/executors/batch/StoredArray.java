package org.psij.executors.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.executors.work.JobDirectory;
import org.psij.serialize.JsonJobSpecSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of an array, as the work directory knows them.
 *
 * @param directory the directory of the array
 * @param jobIds the ids of its jobs, by index
 * @param specs what they are, as JSON, by index
 */
record StoredArray(JobDirectory directory, List<String> jobIds, List<String> specs) {
  private static final Logger LOG = LoggerFactory.getLogger(StoredArray.class);

  /** Tells whether a directory is that of an array which the scheduler may have. */
  static boolean isArray(JobDirectory directory) {
    return Files.isRegularFile(directory.jobIds());
  }

  /**
   * Reads the files of an array.
   *
   * @throws IOException if they cannot be read
   */
  static StoredArray read(JobDirectory directory) throws IOException {
    return new StoredArray(directory, lines(directory.jobIds()), lines(directory.task(0).spec()));
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no regular file");
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  /** What a task is, or null if that cannot be read. */
  @Nullable JobSpec spec(int index) {
    try {
      return index < specs.size() ? new JsonJobSpecSerializer().loads(specs.get(index)) : null;
    } catch (InvalidJobException e) {
      LOG.warn("Line {} of {} cannot be read", index + 1, directory.task(index).spec(), e);
      return null;
    }
  }
}
