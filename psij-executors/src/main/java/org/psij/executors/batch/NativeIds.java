package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.SmallFile;

/**
 * Which texts are the id of one job, so that they may reach a command. Anything else could be taken
 * for an option or a path, or for many jobs.
 */
final class NativeIds {
  private static final Pattern SAFE =
      Pattern.compile("(?!all$|\\.{1,2}$)[A-Za-z0-9_.+@][A-Za-z0-9_.+@\\[\\]-]{0,200}");

  private final BatchScheduler scheduler;

  NativeIds(BatchScheduler scheduler) {
    this.scheduler = scheduler;
  }

  boolean contain(String text) {
    return SAFE.matcher(text).matches() && scheduler.isNativeId(text);
  }

  /**
   * Reads an id that was written to a file.
   *
   * @return the id, or null if there is none yet
   * @throws IOException if the file cannot be read, or holds something else
   */
  @Nullable String read(Path file) throws IOException {
    String id = SmallFile.read(file);
    if (id != null && !contain(id)) {
      throw new IOException(file + " does not hold the id of a job");
    }
    return id;
  }

  /** The task of an array that an id names, or null if it names none. */
  @Nullable ArrayTask task(String nativeId) {
    ArrayDialect arrays = scheduler.arrays();
    return arrays == null ? null : arrays.parse(nativeId);
  }

  /**
   * Reads the id that the scheduler gave a job; a task has it from its array.
   *
   * @return the id, or null if there is none yet
   * @throws IOException if a file cannot be read, or holds something else
   */
  @Nullable String read(JobDirectory place) throws IOException {
    String own = read(place.nativeId());
    JobDirectory array = place.array();
    ArrayDialect arrays = scheduler.arrays();
    Integer index = place.task();
    if (own != null || array == null || arrays == null || index == null) {
      return own;
    }
    String arrayId = SmallFile.read(array.nativeId());
    String id = arrayId == null ? null : arrays.taskId(arrayId, index);
    if (id != null && !contain(id)) {
      throw new IOException(array.nativeId() + " does not hold the id of an array");
    }
    return id;
  }
}
