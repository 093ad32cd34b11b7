package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.QueuedJob;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs in the journals of a work directory, of this process and of others, as long as the
 * journals are kept. The time of a submission is not in them. Safe for use by many threads.
 */
final class LocalQueue {
  private static final Logger LOG = LoggerFactory.getLogger(LocalQueue.class);
  private static final String HOST = "localhost";

  private final Path root;

  LocalQueue(Path root) {
    this.root = root;
  }

  /** Lists the jobs that have, or had, a process, in the order of their starts. */
  Stream<QueuedJob> stream() {
    List<JournalReader> readers;
    try {
      readers = new Journals(root).readAllWithSpecs();
    } catch (IOException e) {
      throw SubmitException.ofTransient(
          "The journals in " + root + " cannot be read: " + e.getMessage(), e);
    }
    Map<Long, Journals.Found> jobs = new HashMap<>();
    for (JournalReader journal : readers) {
      if (journal.isHere()) {
        journal.entries().forEach(entry -> add(jobs, new Journals.Found(journal, entry)));
      }
    }
    return jobs.values().stream().sorted(Comparator.comparing(Journals::startTime)).map(this::job);
  }

  /** The number of a process comes again; the last one counts, as for an attachment. */
  private static void add(Map<Long, Journals.Found> jobs, Journals.Found found) {
    ProcessId process = found.entry().process();
    if (process != null) {
      jobs.merge(
          process.pid(),
          found,
          (one, other) -> Journals.startTime(one).isAfter(Journals.startTime(other)) ? one : other);
    }
  }

  private QueuedJob job(Journals.Found found) {
    JournalEntry entry = found.entry();
    ProcessId process = Objects.requireNonNull(entry.process());
    JobSpec spec = found.journal().spec(entry.jobId());
    JobStatus end = end(found);
    QueuedJob.Builder job =
        QueuedJob.builder(String.valueOf(process.pid()), end == null ? "running" : "ended")
            .state(end == null ? JobState.ACTIVE : end.getState())
            .name(spec == null ? null : spec.getName())
            .user(System.getProperty("user.name"))
            .nodes(List.of(HOST))
            .nodeCount(1)
            .startTime(process.startTime());
    if (end != null) {
      job.exitCode(end.getExitCode()).reason(end.getMessage());
      job.endTime(entry.end() == null ? null : end.getTime());
    }
    return job.build();
  }

  /** Tells how a job ended; null if it has not. */
  private @Nullable JobStatus end(Journals.Found found) {
    JournalEntry entry = found.entry();
    if (entry.end() == null && (entry.isAlive() || found.journal().hasStarterOf(entry))) {
      return null;
    }
    JobDirectory directory = new JobDirectory(root.resolve(entry.jobId()));
    boolean scripted = Files.exists(directory.script());
    StatusLine lastWord = scripted ? lastWord(directory) : null;
    ProcessEnd end = entry.end();
    if (end == null) {
      end =
          lastWord == null
              ? ProcessEnd.unknown()
              : new ProcessEnd(lastWord.exitCode(), null, lastWord.time());
    }
    List<JobStatus> statuses =
        new Evidence(end, entry.reason(), scripted, lastWord, exitCode -> null).statuses();
    return statuses.get(statuses.size() - 1);
  }

  private static @Nullable StatusLine lastWord(JobDirectory directory) {
    try {
      return new StatusFile(directory)
          .read().stream().filter(line -> line.state().isFinal()).findFirst().orElse(null);
    } catch (IOException e) {
      LOG.warn("The status file in {} cannot be read", directory.path(), e);
      return null;
    }
  }
}
