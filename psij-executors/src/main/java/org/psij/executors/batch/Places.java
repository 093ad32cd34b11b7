package org.psij.executors.batch;

import java.nio.file.InvalidPathException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.WorkDirectory;

/** Where jobs are on disk. Safe for use by many threads. */
final class Places {
  private static final Pattern TASK = Pattern.compile("(.{36})\\.([0-9]{1,9})");

  private final WorkDirectory workDirectory;
  private final NativeIds nativeIds;

  /** Those of tasks, for as long as somebody has the job; any other is named after its job. */
  private final Map<Job, JobDirectory> tasks = Collections.synchronizedMap(new WeakHashMap<>());

  /** Those of jobs that are attached, for which somebody else answers. */
  private final Map<Job, JobDirectory> attached = Collections.synchronizedMap(new WeakHashMap<>());

  Places(WorkDirectory workDirectory, NativeIds nativeIds) {
    this.workDirectory = workDirectory;
    this.nativeIds = nativeIds;
  }

  /** Keeps in mind that a job is a task. */
  void put(Job job, JobDirectory place) {
    if (place.array() != null) {
      tasks.put(job, place);
    }
  }

  void remove(Job job) {
    tasks.remove(job);
  }

  JobDirectory of(Job job) {
    JobDirectory task = tasks.get(job);
    return task == null ? workDirectory.jobDirectory(job.getId()) : task;
  }

  /** Keeps in mind where the files of a job are that is attached; null if it has none here. */
  void putAttached(Job job, @Nullable JobDirectory place) {
    if (place != null) {
      attached.put(job, place);
    }
  }

  /** Where the files of a job are, whoever answers for it; they may not be there. */
  JobDirectory ofFiles(Job job) {
    JobDirectory place = attached.get(job);
    return place == null ? of(job) : place;
  }

  /** Finds the job that a scheduler knows by an id, or null if it is not of this work directory. */
  @Nullable JobDirectory find(String nativeId) {
    String name = named(nativeId);
    if (name == null) {
      ArrayTask task = nativeIds.task(nativeId);
      return task == null ? null : task(named(task.arrayId()), task.index());
    }
    Matcher task = TASK.matcher(name);
    if (task.matches()) {
      return directory(task.group(1), Integer.valueOf(task.group(2)));
    }
    return directory(name, null);
  }

  private @Nullable JobDirectory task(@Nullable String name, int index) {
    return name != null && name.endsWith(JobDirectory.ARRAY)
        ? directory(name.substring(0, name.length() - JobDirectory.ARRAY.length()), index)
        : null;
  }

  private @Nullable JobDirectory directory(String name, @Nullable Integer task) {
    if (!WorkDirectory.isJobId(name)) {
      return null;
    }
    JobDirectory directory = workDirectory.jobDirectory(name);
    return task == null ? directory : directory.task(task);
  }

  private @Nullable String named(String nativeId) {
    try {
      return Handover.read(workDirectory.byNativeId(nativeId));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What is written into the file of a native id, so that {@link #find} finds the place. */
  static String name(JobDirectory place) {
    return place.hint();
  }

  /** What is written into the file of the id of an array, so that {@link #find} finds its tasks. */
  static String nameOfArray(JobDirectory array) {
    return array.hintOfArray();
  }
}
