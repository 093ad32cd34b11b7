package org.psij.executors.work;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what the library and its script have made for a job, by its {@link Manifest}. Any other
 * file stays, and so does the directory that it is in. Follows no link.
 */
public final class JobRemover {
  private static final Logger LOG = LoggerFactory.getLogger(JobRemover.class);

  /** What the mark that the end of a task was told says when nothing else is left of the task. */
  private static final String FREED = "freed";

  private static final Pattern TASK = Pattern.compile("task-(0|[1-9][0-9]{0,6})");

  private final WorkDirectory directory;

  /**
   * Removes jobs of an executor.
   *
   * @param directory its folder
   */
  public JobRemover(WorkDirectory directory) {
    this.directory = directory;
  }

  /**
   * Tells whether it is known what is to be removed.
   *
   * @param job the place of a job, a task, or an array
   * @return false if there is no directory, or an earlier version has made it
   */
  public static boolean knows(JobDirectory job) {
    return isFolder(job.shared()) && Files.exists(new JobDirectory(job.shared()).manifest());
  }

  /**
   * Removes a job, or an array with all of its tasks.
   *
   * @param job its place
   * @throws IOException if something cannot be removed
   */
  public void remove(JobDirectory job) throws IOException {
    Manifest manifest = isFolder(job.path()) ? Manifest.read(job) : null;
    if (manifest == null) {
      return;
    }
    for (JobDirectory task : tasks(job, manifest)) {
      removeFiles(task, namesOf(task, manifest));
      removeFolder(task.path());
    }
    removeFiles(job, manifest.names());
    removeFolder(job.path());
  }

  /**
   * Removes the directory of a job or an array with all that is in it: an earlier version has made
   * it, and kept no list.
   *
   * @param job its place
   * @throws IOException if something cannot be removed
   */
  void removeUnlisted(JobDirectory job) throws IOException {
    for (int index = 0; index < EndedJobs.tasks(job); index++) {
      forgetNativeIds(job.task(index));
    }
    forgetNativeIds(job);
    job.delete();
  }

  private void forgetNativeIds(JobDirectory place) throws IOException {
    for (String nativeId : nativeIds(place)) {
      forgetNativeId(place, nativeId);
    }
  }

  /**
   * Removes a job, or what a task of an array has of its own; the last task takes the array with
   * it. Until then a mark stays that the end of the task was told: it keeps others from taking the
   * task for one that has not run.
   *
   * @param job the place of the job
   * @throws IOException if something cannot be removed, or an earlier version has made it, which
   *     kept no list
   */
  public void free(JobDirectory job) throws IOException {
    JobDirectory array = job.array();
    Integer task = job.task();
    Manifest manifest = Manifest.read(array == null ? job : array);
    if (manifest == null) {
      throw new IOException(
          job.path() + " has no list of what the library has made; it goes with the retention");
    }
    if (array == null || task == null) {
      remove(job);
      return;
    }
    freeTask(job, manifest);
    if (areFreed(array, task, manifest.tasks())) {
      remove(array);
    }
  }

  private void freeTask(JobDirectory task, Manifest manifest) throws IOException {
    PrivateFiles.createDirectories(task.path());
    if (isFolder(task.path())) {
      PrivateFiles.writeAtomically(task.told(), FREED + "\n");
      Set<String> names = namesOf(task, manifest);
      names.remove(String.valueOf(task.told().getFileName()));
      removeFiles(task, names);
    }
  }

  /** Asks the nearest first: in whatever order tasks are freed, one that is not is soon found. */
  private static boolean areFreed(JobDirectory array, int task, int tasks) throws IOException {
    for (int distance = 0; distance < tasks; distance++) {
      for (int index : new int[] {task + distance, task - distance}) {
        if (index >= 0 && index < tasks && !isFreed(array.task(index))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isFreed(JobDirectory task) throws IOException {
    return FREED.equals(SmallFile.read(task.told()));
  }

  /** The tasks of an array that have a folder. */
  private static List<JobDirectory> tasks(JobDirectory array, Manifest manifest)
      throws IOException {
    List<JobDirectory> tasks = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(array.path())) {
      for (Path folder : folders) {
        Matcher name = TASK.matcher(folder.getFileName().toString());
        if (name.matches() && isFolder(folder)) {
          tasks.add(array.task(Integer.parseInt(name.group(1))));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    tasks.removeIf(task -> Objects.requireNonNull(task.task()) >= manifest.tasks());
    return tasks;
  }

  /** What an array lists for each of its tasks, and what this one has added. */
  private static Set<String> namesOf(JobDirectory task, Manifest ofArray) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    Manifest added = Manifest.read(task);
    if (added != null) {
      names.addAll(added.names());
    }
    names.addAll(ofArray.namesOfTasks());
    return names;
  }

  private void removeFiles(JobDirectory place, Collection<String> names) throws IOException {
    for (String nativeId : nativeIds(place)) {
      forgetNativeId(place, nativeId);
      removeFile(place.path().resolve("claim." + nativeId));
    }
    for (String name : names) {
      Path file = place.path().resolve(name);
      if (Manifest.isFolder(name)) {
        removeTree(file);
      } else {
        removeFile(file);
      }
    }
    removeUnfinished(place.path(), names);
    removeFile(place.manifest());
  }

  /** What a process was about to write when it was killed. */
  private static void removeUnfinished(Path folder, Collection<String> names) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = PrivateFiles.unfinished(file.getFileName().toString());
        if (name != null && names.contains(name)) {
          removeFile(file);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.trace("Somebody else was faster", e);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Under these the job was submitted, and has run. */
  private static Set<String> nativeIds(JobDirectory place) throws IOException {
    Set<String> ids = new LinkedHashSet<>();
    for (Path file : List.of(place.nativeId(), place.claim())) {
      String id =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? SmallFile.read(file) : null;
      if (id != null && Manifest.isFileName(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Removes the file by which a job is found, unless another job has the id by now. */
  private void forgetNativeId(JobDirectory place, String nativeId) throws IOException {
    Path file = byNativeId(nativeId);
    String name = file == null ? null : SmallFile.read(file);
    boolean isOurs = place.hint().equals(name) || place.hintOfArray().equals(name);
    if (file != null && isOurs) {
      removeFile(file);
    }
  }

  private @Nullable Path byNativeId(String nativeId) {
    try {
      return directory.byNativeId(nativeId);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What is in the place of a file and is none has been made by somebody else. */
  private static void removeFile(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(file);
    }
  }

  private static void removeTree(Path folder) throws IOException {
    if (isFolder(folder)) {
      Files.walkFileTree(folder, new Removal());
    }
  }

  private static void removeFolder(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} stays: there is something in it that the library did not make", folder, e);
    } catch (NoSuchFileException e) {
      LOG.trace("Somebody else was faster", e);
    }
  }

  static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The size of what would be removed, in bytes. */
  static long size(JobDirectory job) throws IOException {
    Manifest manifest = isFolder(job.path()) ? Manifest.read(job) : null;
    if (manifest == null) {
      return 0;
    }
    long size = size(job.path(), manifest.names());
    for (JobDirectory task : tasks(job, manifest)) {
      size += size(task.path(), namesOf(task, manifest));
    }
    return size;
  }

  private static long size(Path folder, Collection<String> names) throws IOException {
    Size size = new Size();
    for (String name : names) {
      Files.walkFileTree(folder.resolve(name), size);
    }
    return size.bytes;
  }

  /** Removes a folder with all that is in it; of a link, only the link. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
        throws IOException {
      if (problem != null) {
        throw problem;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Adds up sizes; what is not there has none. */
  private static final class Size extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      return FileVisitResult.CONTINUE;
    }
  }
}
