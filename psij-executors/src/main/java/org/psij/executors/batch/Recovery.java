package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.SmallFile;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the jobs of processes that are gone, whose end nobody was told, and takes them over. */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final WorkDirectory workDirectory;
  private final NativeIds nativeIds;
  private final Submitter submitter;
  private @Nullable Marks marks;

  Recovery(WorkDirectory workDirectory, NativeIds nativeIds, Submitter submitter) {
    this.workDirectory = workDirectory;
    this.nativeIds = nativeIds;
    this.submitter = submitter;
  }

  /**
   * Takes the jobs over; of several processes that do this at once, each gets different ones.
   *
   * @return the jobs, in no order
   * @throws IOException if the work directory cannot be read
   * @throws CommandException if the scheduler must be asked and does not answer
   */
  List<StoredJob> orphans() throws IOException {
    return workDirectory.alone("recovery", this::takenOver);
  }

  private List<StoredJob> takenOver() throws IOException {
    List<StoredJob> found = new ArrayList<>();
    for (JobDirectory directory : directories()) {
      addOrphan(directory, found);
    }
    return taken(found);
  }

  /**
   * Those that can be taken over; the others are left to a later attempt. Not before all were
   * found: what the scheduler must be asked about cannot always be.
   */
  private List<StoredJob> taken(List<StoredJob> found) throws IOException {
    List<StoredJob> taken = new ArrayList<>();
    IOException problem = null;
    for (StoredJob job : found) {
      try {
        PrivateFiles.createDirectories(job.directory().path()); // a task may have none yet
        PrivateFiles.writeAtomically(job.directory().owner(), workDirectory.owner() + "\n");
        taken.add(job);
      } catch (IOException e) {
        LOG.error("Job {} (native id {}) cannot be taken over", job.id(), job.nativeId(), e);
        problem = e;
      }
    }
    if (taken.isEmpty() && problem != null) {
      throw problem;
    }
    return taken;
  }

  private List<JobDirectory> directories() throws IOException {
    List<JobDirectory> directories = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(workDirectory.root(), Recovery::isJobDirectory)) {
      folders.forEach(folder -> directories.add(new JobDirectory(folder)));
    }
    return directories;
  }

  private static boolean isJobDirectory(Path folder) {
    return WorkDirectory.isJobId(folder.getFileName().toString())
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** What is wrong with one directory keeps no other job from being found. */
  private void addOrphan(JobDirectory directory, List<StoredJob> found) {
    try {
      if (StoredArray.isArray(directory)) {
        addTasks(directory, found);
      } else if (Files.exists(directory.spec())) { // else its process ended before it could submit
        String id = directory.path().getFileName().toString();
        addOrphan(directory, id, () -> StoredJob.readSpec(directory), found);
      }
    } catch (IOException e) {
      LOG.error("The job in {} cannot be recovered: {}", directory.path(), e.getMessage(), e);
    }
  }

  /** Nobody else answers for a task while somebody answers for the array. */
  private void addTasks(JobDirectory directory, List<StoredJob> found) throws IOException {
    String owner = SmallFile.read(directory.owner());
    if (owner == null || workDirectory.isAlive(owner)) {
      return;
    }
    StoredArray array = StoredArray.read(directory);
    for (int index = 0; index < array.jobIds().size(); index++) {
      addTask(array, index, found);
    }
  }

  private void addTask(StoredArray array, int index, List<StoredJob> found) {
    JobDirectory place = array.directory().task(index);
    String id = array.jobIds().get(index);
    try {
      if (!WorkDirectory.isJobId(id)) {
        throw new IOException("line " + (index + 1) + " holds no id of a job");
      }
      addOrphan(place, id, () -> array.spec(index), found);
    } catch (IOException e) {
      LOG.error("The job in {} cannot be recovered: {}", place.path(), e.getMessage(), e);
    }
  }

  private void addOrphan(
      JobDirectory place, String id, Supplier<@Nullable JobSpec> spec, List<StoredJob> found)
      throws IOException {
    String owner = SmallFile.read(place.nearest(JobDirectory::owner));
    if (owner != null && !Files.exists(place.told()) && !workDirectory.isAlive(owner)) {
      found.add(new StoredJob(id, place, spec.get(), nativeId(place), owner));
    }
  }

  private @Nullable String nativeId(JobDirectory place) throws IOException {
    String nativeId = nativeIds.read(place);
    if (nativeId == null) {
      nativeId = nativeIds.read(place.claim());
    }
    if (nativeId == null && Files.exists(place.nearest(JobDirectory::submitting))) {
      nativeId = marks().find(place);
    }
    if (nativeId == null) {
      nativeId = nativeIds.read(place.claim()); // it may have left the queue since
    }
    return nativeId;
  }

  /** The scheduler is asked at most once, and only if it must be. */
  private Marks marks() {
    if (marks == null) {
      marks = submitter.marks();
    }
    return marks;
  }

  /** Leaves a job to whoever recovers next. */
  static void giveBack(StoredJob job) {
    try {
      PrivateFiles.writeAtomically(job.directory().owner(), job.formerOwner() + "\n");
    } catch (IOException e) {
      LOG.error("Job {} (native id {}) stays with this process", job.id(), job.nativeId(), e);
    }
  }
}
