package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobFiles;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.executors.work.EndedJobs;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.JobLeftovers;
import org.psij.executors.work.JobLocator;
import org.psij.executors.work.JobPaths;
import org.psij.executors.work.JobRemover;
import org.psij.executors.work.Leftover;
import org.psij.executors.work.Leftovers;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.StoredJobFiles;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on disk of the jobs of an executor when they have ended. Safe for use by many threads.
 */
final class BatchFiles implements JobLocator {
  private static final Logger LOG = LoggerFactory.getLogger(BatchFiles.class);

  private final WorkDirectory workDirectory;
  private final Places places;
  private final BatchScriptWriter scripts;
  private final Submitter submitter;
  private final JobRemover remover;
  private final JobFiles jobFiles = new StoredJobFiles(this);

  /** Held for reading by those who mark an end as told: what was removed must not come back. */
  private final ReadWriteLock removal = new ReentrantReadWriteLock();

  private final Set<Job> freed =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  BatchFiles(
      WorkDirectory workDirectory, Places places, BatchScriptWriter scripts, Submitter submitter) {
    this.workDirectory = workDirectory;
    this.places = places;
    this.scripts = scripts;
    this.submitter = submitter;
    this.remover = new JobRemover(workDirectory);
  }

  JobFiles jobFiles() {
    return jobFiles;
  }

  Leftovers leftovers() {
    return oldest -> {
      EndedJobs ended = new EndedJobs(workDirectory, new LeftQueue(submitter));
      JobLeftovers jobs = new JobLeftovers(workDirectory, ended::end);
      try {
        return jobs.endedBefore(oldest).stream()
            .sorted(Comparator.comparing(Leftover::getEnd))
            .toList();
      } catch (IOException e) {
        throw new PsijException(workDirectory.root() + " cannot be read: " + e.getMessage(), e);
      }
    };
  }

  void endWasTold(Job job) {
    JobDirectory place = places.of(job);
    removal.readLock().lock();
    try {
      if (!freed.contains(job) && Files.exists(place.shared()) && !Files.exists(place.told())) {
        PrivateFiles.createDirectories(place.path());
        PrivateFiles.create(place.told());
      }
    } catch (IOException e) {
      LOG.warn(
          "Job {} (native id {}): its end may be told again to a later process",
          job.getId(),
          job.getNativeId(),
          e);
    } finally {
      removal.readLock().unlock();
    }
  }

  @Override
  public @Nullable JobPaths paths(Job job) {
    JobDirectory place = places.ofFiles(job);
    if (!Files.isDirectory(place.shared())) {
      return null;
    }
    JobSpec spec = job.getSpec() == null ? StoredJob.readSpec(place) : job.getSpec();
    return spec == null ? null : scripts.paths(spec, place);
  }

  @Override
  public boolean isAwaitedElsewhere(Job job) throws IOException {
    return new EndedJobs(workDirectory).isAwaitedElsewhere(places.ofFiles(job));
  }

  @Override
  public void free(Job job) throws IOException {
    JobDirectory place = places.ofFiles(job);
    removal.writeLock().lock();
    try {
      if (Files.isDirectory(place.shared())) {
        remover.free(place);
      }
      freed.add(job);
    } finally {
      removal.writeLock().unlock();
    }
  }
}
