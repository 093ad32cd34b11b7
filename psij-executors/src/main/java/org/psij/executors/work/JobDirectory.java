package org.psij.executors.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place of one job on disk and the names of the files in it: a directory of its own, or a part
 * of the directory of an array, which its tasks share. Immutable.
 */
public final class JobDirectory {
  /** What is behind the name of the directory where a native id is that of an array. */
  public static final String ARRAY = "[]";

  private final Path shared;
  private final @Nullable Integer task;

  /**
   * Names the directory of a job.
   *
   * @param path its absolute path
   */
  public JobDirectory(Path path) {
    this(path, null);
  }

  private JobDirectory(Path shared, @Nullable Integer task) {
    this.shared = shared;
    this.task = task;
  }

  /**
   * Names the place of one task of an array.
   *
   * @param index the index of the task
   * @return its place
   */
  public JobDirectory task(int index) {
    return new JobDirectory(shared, index);
  }

  /**
   * Names the directory that the tasks of an array share.
   *
   * @return its absolute path, which is {@link #path()} for a job that is no task
   */
  public Path shared() {
    return shared;
  }

  /**
   * Names the place that a task shares with the others.
   *
   * @return the place of the array, or null for a job that is no task
   */
  public @Nullable JobDirectory array() {
    return task == null ? null : new JobDirectory(shared);
  }

  /**
   * Tells which task of an array has this place.
   *
   * @return the index of the task, or null for a job that is no task
   */
  public @Nullable Integer task() {
    return task;
  }

  /**
   * Gives the word by which the script of the job tells that there is something to read.
   *
   * @return the name of the directory, with the index behind it for a task
   */
  public String hint() {
    String name = String.valueOf(shared.getFileName());
    return task == null ? name : name + "." + task;
  }

  /**
   * Gives the word by which the native id of an array leads to its tasks.
   *
   * @return the name of the directory, with brackets behind it
   */
  public String hintOfArray() {
    return shared.getFileName() + ARRAY;
  }

  /**
   * Names a file that a task has of its own only if it differs from that of the array.
   *
   * @param file which file
   * @return that of this job if it is there or if the job is no task, else that of the array
   */
  public Path nearest(Function<JobDirectory, Path> file) {
    Path own = file.apply(this);
    JobDirectory array = array();
    return array == null || Files.exists(own) ? own : file.apply(array);
  }

  /**
   * Names the directory for what this job writes.
   *
   * @return its absolute path
   */
  public Path path() {
    return task == null ? shared : shared.resolve("task-" + task);
  }

  /**
   * Names the file with the specification; that of an array has one in each line.
   *
   * @return the file
   */
  public Path spec() {
    return shared.resolve(task == null ? "spec.json" : "specs.jsonl");
  }

  /**
   * Names the file with the ids of the jobs that are the tasks of an array, one in each line. It is
   * there once the scheduler may be asked to take the array.
   *
   * @return the file
   */
  public Path jobIds() {
    return shared.resolve("job_ids");
  }

  /**
   * Names the file with what differs between the tasks of an array.
   *
   * @return the file, which holds text of bash with a NUL behind that for each task
   */
  public Path parts() {
    return shared.resolve("parts");
  }

  /**
   * Names the file that tells which process answers for the job.
   *
   * @return the file; see {@link #nearest} for a task
   */
  public Path owner() {
    return path().resolve("owner");
  }

  /**
   * Names the file with the directory from which the job was submitted.
   *
   * @return the file
   */
  public Path submitterDirectory() {
    return shared.resolve("submitter_directory");
  }

  /**
   * Names the file that is there once the scheduler may have been asked to take the job.
   *
   * @return the file, with a token that travels with the submission; see {@link #nearest} for a
   *     task
   */
  public Path submitting() {
    return path().resolve("submitting");
  }

  /**
   * Names the file with the id that the scheduler gave the job or the array.
   *
   * @return the file; that of a task is there only if it was submitted by itself
   */
  public Path nativeId() {
    return path().resolve("native_id");
  }

  /**
   * Names the script that runs the job.
   *
   * @return the file
   */
  public Path script() {
    return shared.resolve("job.sh");
  }

  /**
   * Names the file with the native id under which the job runs.
   *
   * @return the file
   */
  public Path claim() {
    return path().resolve("claim");
  }

  /**
   * Names the file in which the script tells how the job goes.
   *
   * @param run which run, 1 for the first
   * @return the file
   */
  public Path status(int run) {
    return path().resolve("status." + run);
  }

  /**
   * Names the file that marks the job as cancelled.
   *
   * @return the file
   */
  public Path cancelMark() {
    return path().resolve("cancel");
  }

  /**
   * Names the file that is there when the end of the job was handed to a caller.
   *
   * @return the file
   */
  public Path told() {
    return path().resolve("told");
  }

  /**
   * Names the file with the host of each process.
   *
   * @return the file
   */
  public Path nodeFile() {
    return path().resolve("nodefile");
  }

  /**
   * Names the file that takes what launcher and scripts print.
   *
   * @return the file
   */
  public Path launcherLog() {
    return path().resolve("launcher.log");
  }

  /**
   * Names the file for the standard output of a job that names none.
   *
   * @return the file
   */
  public Path stdout() {
    return path().resolve("stdout");
  }

  /**
   * Names the file for the standard error of a job that names none.
   *
   * @return the file
   */
  public Path stderr() {
    return path().resolve("stderr");
  }

  /**
   * Names the working directory of a job that names none and stages or cleans up files.
   *
   * @return the directory
   */
  public Path work() {
    return path().resolve("work");
  }

  /**
   * Names the file that lists what the library and its script make in here.
   *
   * @return the file; that of a task is there only if the task was run again, and adds to that of
   *     the array
   */
  public Path manifest() {
    return path().resolve(Manifest.NAME);
  }

  /**
   * Removes the directory with all that is in it, following no link.
   *
   * @throws IOException if something cannot be removed
   */
  public void delete() throws IOException {
    if (!Files.exists(path())) {
      return;
    }
    try (Stream<Path> files = Files.walk(path())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
