package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  private @Nullable Map<String, String> marks;

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
      String owner = SmallFile.read(directory.owner());
      if (owner != null
          && Files.exists(directory.spec()) // else its process ended before it could submit
          && !Files.exists(directory.told())
          && !workDirectory.isAlive(owner)) {
        found.add(stored(directory, owner));
      }
    } catch (IOException e) {
      LOG.error("The job in {} cannot be recovered: {}", directory.path(), e.getMessage(), e);
    }
  }

  private StoredJob stored(JobDirectory directory, String owner) throws IOException {
    String id = directory.path().getFileName().toString();
    String nativeId = nativeIds.read(directory.nativeId());
    if (nativeId == null) {
      nativeId = nativeIds.read(directory.claim());
    }
    if (nativeId == null && Files.exists(directory.submitting())) {
      nativeId = Submitter.find(id, marks());
    }
    if (nativeId == null) {
      nativeId = nativeIds.read(directory.claim()); // it may have left the queue since
    }
    return new StoredJob(id, directory, StoredJob.readSpec(directory), nativeId, owner);
  }

  /** The scheduler is asked at most once, and only if it must be. */
  private Map<String, String> marks() {
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
