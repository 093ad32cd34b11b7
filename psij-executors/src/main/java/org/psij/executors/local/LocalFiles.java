package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
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
import org.psij.executors.work.StoredJobFiles;
import org.psij.executors.work.WorkDirectory;

/**
 * What is on disk of the jobs of an executor when they have ended. Safe for use by many threads.
 */
final class LocalFiles implements JobLocator {
  private final WorkDirectory workDirectory;
  private final Journals journals;
  private final Journal ownJournal;
  private final @Nullable Path sharedLog;
  private final Path currentDirectory = Path.of("").toAbsolutePath();
  private final JobRemover remover;
  private final EndedJobs endedJobs;
  private final JobFiles jobFiles = new StoredJobFiles(this);

  /** Where it is written what jobs are that this executor did not start. */
  private final Map<Job, Origin> origins = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Where it is written what a job is.
   *
   * @param root the folder of the executor that has started it
   * @param journal the journal of that executor
   * @param jobId the id of the job in there
   */
  private record Origin(Path root, Path journal, String jobId) {}

  /** What the journal of an executor tells about a job. */
  private record Told(JournalEntry entry, boolean hasOwner) {}

  LocalFiles(
      WorkDirectory workDirectory,
      Journals journals,
      Journal ownJournal,
      @Nullable Path sharedLog) {
    this.workDirectory = workDirectory;
    this.journals = journals;
    this.ownJournal = ownJournal;
    this.sharedLog = sharedLog;
    this.remover = new JobRemover(workDirectory);
    this.endedJobs = new EndedJobs(workDirectory);
  }

  JobFiles jobFiles() {
    return jobFiles;
  }

  /** Keeps in mind which journal tells of a job. */
  void put(Job job, Path root, Journals.Found found) {
    origins.put(job, new Origin(root, found.journal().file(), found.entry().jobId()));
  }

  @Override
  public @Nullable JobPaths paths(Job job) throws IOException {
    Origin origin = origins.get(job);
    if (origin == null) {
      JobSpec spec = job.getSpec();
      return spec == null ? null : paths(spec, directory(job), currentDirectory);
    }
    JournalReader journal = JournalReader.ofSpecs(origin.journal());
    journal.read();
    JobSpec spec = job.getSpec() == null ? journal.spec(origin.jobId()) : job.getSpec();
    Path submitterDirectory = journal.submitterDirectory();
    return spec == null
        ? null
        : paths(
            spec,
            directory(origin),
            submitterDirectory == null ? currentDirectory : submitterDirectory);
  }

  private JobPaths paths(JobSpec spec, JobDirectory directory, Path submitterDirectory) {
    boolean isScripted = Files.exists(directory.script());
    return new JobPaths(spec, isScripted ? directory : null, submitterDirectory, sharedLog);
  }

  private JobDirectory directory(Job job) {
    return workDirectory.jobDirectory(job.getId());
  }

  private static JobDirectory directory(Origin origin) {
    return new JobDirectory(origin.root().resolve(origin.jobId()));
  }

  /** What the journal says stays until all of the journal goes, and is told to nobody any more. */
  @Override
  public void free(Job job) throws IOException {
    Origin origin = origins.get(job);
    JobDirectory directory = origin == null ? directory(job) : directory(origin);
    if (Files.isDirectory(directory.path())) {
      remover.free(directory);
    }
    if (origin != null) {
      try (Journal journal = Journal.continued(origin.journal())) {
        journal.told(origin.jobId());
      } catch (NoSuchFileException e) {
        return; // the journal has gone, with all that it said
      }
    } else if (job.getSpec() != null) {
      ownJournal.told(job.getId());
    }
  }

  @Override
  public boolean isAwaitedElsewhere(Job job) throws IOException {
    Origin origin = origins.get(job);
    if (origin == null || !Files.exists(origin.journal())) {
      return false;
    }
    JournalReader journal = JournalReader.ofAll(origin.journal());
    journal.read();
    JournalEntry entry = journal.entry(origin.jobId());
    String owner = journal.owner();
    return entry != null
        && !entry.told()
        && owner != null
        && !owner.equals(workDirectory.owner())
        && workDirectory.isAlive(owner);
  }

  /** What ended jobs have left: directories of those that had a script, and journals. */
  List<Leftover> leftovers(Instant oldest) {
    try {
      Map<String, Told> told = told();
      JobLeftovers directories =
          new JobLeftovers(workDirectory, (job, since) -> end(job, since, told));
      List<Leftover> found = new ArrayList<>(directories.endedBefore(oldest));
      found.addAll(journals.leftovers(workDirectory, oldest));
      found.sort(Comparator.comparing(Leftover::getEnd));
      return found;
    } catch (IOException e) {
      throw new PsijException(workDirectory.root() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Map<String, Told> told() throws IOException {
    Map<String, Told> told = new HashMap<>();
    for (JournalReader journal : journals.readAll()) {
      String owner = journal.owner();
      boolean hasOwner = owner != null && workDirectory.isAlive(owner);
      journal.entries().forEach(entry -> told.put(entry.jobId(), new Told(entry, hasOwner)));
    }
    return told;
  }

  /** Of a job that was killed together with its script only the journal tells the end. */
  private @Nullable Instant end(JobDirectory job, Instant oldest, Map<String, Told> told)
      throws IOException {
    Told known = told.get(String.valueOf(job.path().getFileName()));
    if (known == null) {
      return endedJobs.end(job, oldest);
    }
    JournalEntry entry = known.entry();
    if (known.hasOwner() && !entry.told()) {
      return null;
    }
    if (entry.end() == null) {
      return endedJobs.end(job, oldest);
    }
    Instant end = entry.end().time();
    return end.isBefore(oldest) ? end : null;
  }
}
