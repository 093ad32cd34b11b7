package org.psij.executors.batch;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.executors.work.JobDirectory;
import org.psij.serialize.JsonJobSpecSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of an earlier process, as the work directory knows it.
 *
 * @param id the id that the library gave it
 * @param directory its place on disk
 * @param spec its specification, or null if that cannot be read
 * @param nativeId the id that the scheduler gave it, or null if no scheduler has it
 * @param formerOwner the process that answered for it
 */
record StoredJob(
    String id,
    JobDirectory directory,
    @Nullable JobSpec spec,
    @Nullable String nativeId,
    String formerOwner) {
  private static final Logger LOG = LoggerFactory.getLogger(StoredJob.class);

  /** Reads the specification of a job, or null if that cannot be done. */
  static @Nullable JobSpec readSpec(JobDirectory directory) {
    JobDirectory array = directory.array();
    Integer index = directory.task();
    return array == null || index == null ? readAlone(directory) : readTask(array, index);
  }

  private static @Nullable JobSpec readTask(JobDirectory array, int index) {
    try {
      return StoredArray.read(array).spec(index);
    } catch (IOException e) {
      LOG.warn("The jobs in {} cannot be read", array.path(), e);
      return null;
    }
  }

  private static @Nullable JobSpec readAlone(JobDirectory directory) {
    Path file = directory.spec();
    if (!Files.isRegularFile(file)) {
      LOG.warn("{} is no regular file", file);
      return null;
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      return new JsonJobSpecSerializer().load(reader);
    } catch (IOException | UncheckedIOException | InvalidJobException e) {
      LOG.warn("{} cannot be read", file, e);
      return null;
    }
  }
}
