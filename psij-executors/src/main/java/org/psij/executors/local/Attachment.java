package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a process that this executor did not start. Its end is known if a journal or a status
 * file tells it; otherwise it is lost. Safe for use by many threads.
 */
final class Attachment {
  private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

  /** A journal on another machine's disk may lag behind the process. */
  private static final Duration LAG = Duration.ofSeconds(5);

  /** Of what the library has ended only the exit code is missing. */
  private static final Duration SHORT_LAG = Duration.ofMillis(300);

  private final ProcessId process;
  private final @Nullable JournalReader journal;
  private final @Nullable String jobId;
  private final @Nullable JobDirectory directory;
  private final @Nullable StatusFile statusFile;
  private final Consumer<JobStatus> report;

  // guarded by this
  private boolean started;
  private boolean ending;
  private @Nullable Instant missedSince;
  private boolean over;
  private final List<JobStatus> news = new ArrayList<>();

  /** A process of which no journal tells. */
  Attachment(ProcessId process, Consumer<JobStatus> report) {
    this(process, null, null, null, report);
  }

  /** The process of a job in a journal. */
  Attachment(
      ProcessId process,
      @Nullable JournalReader journal,
      @Nullable String jobId,
      @Nullable JobDirectory directory,
      Consumer<JobStatus> report) {
    this.process = process;
    this.journal = journal;
    this.jobId = jobId;
    this.report = report;
    this.directory = directory != null && Files.exists(directory.script()) ? directory : null;
    this.statusFile = this.directory == null ? null : new StatusFile(this.directory);
  }

  /** What tells the end of the process, or null if nothing does. */
  @Nullable JournalReader journal() {
    return journal;
  }

  /** Its job in the journal, or null if it is in none. */
  @Nullable String jobId() {
    return jobId;
  }

  /**
   * Reports what has come since the last look.
   *
   * @return true if there is nothing more to come
   */
  boolean look() {
    boolean isOver;
    List<JobStatus> found;
    synchronized (this) {
      if (!over) {
        noteStart();
        JournalEntry entry = journal == null || jobId == null ? null : journal.entry(jobId);
        StatusLine lastWord = readStatus();
        if (!ending) {
          lookForEnd(entry, lastWord);
        }
      }
      isOver = over;
      found = takeNews();
    }
    found.forEach(report); // a callback may run in there, and not under a lock
    return isOver;
  }

  private List<JobStatus> takeNews() {
    List<JobStatus> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  private void noteStart() {
    if (!started) {
      started = true;
      news.add(status(statusFile == null ? JobState.ACTIVE : JobState.QUEUED, process.startTime()));
    }
  }

  private void lookForEnd(@Nullable JournalEntry entry, @Nullable StatusLine lastWord) {
    ProcessEnd end = entry == null ? null : entry.end();
    EndReason reason = entry == null ? null : entry.reason();
    if (end != null) {
      noteEnd(end, reason);
    } else if (hasStarter(entry) || isAlive()) {
      missedSince = null;
    } else if (lastWord != null && lastWord.exitCode() != null) {
      noteEnd(new ProcessEnd(lastWord.exitCode(), null, lastWord.time()), reason);
    } else if (journal == null || isMissedFor(lag(reason))) {
      noteEnd(ProcessEnd.unknown(), reason);
    }
  }

  private boolean hasStarter(@Nullable JournalEntry entry) {
    return journal != null && entry != null && journal.hasStarterOf(entry);
  }

  /** The number of a process means nothing after the next start of the machine. */
  private boolean isAlive() {
    return isHere() && process.isAlive();
  }

  private boolean isHere() {
    return journal == null || journal.isHere();
  }

  private Duration lag(@Nullable EndReason reason) {
    return !isHere() ? Duration.ZERO : reason == null ? LAG : SHORT_LAG;
  }

  private boolean isMissedFor(Duration lag) {
    if (missedSince == null) {
      missedSince = Instant.now();
    }
    return !missedSince.plus(lag).isAfter(Instant.now());
  }

  /** Notes what the script has told, and returns its last word if it has come to that. */
  private @Nullable StatusLine readStatus() {
    if (statusFile == null) {
      return null;
    }
    try {
      for (StatusLine line : statusFile.read()) {
        if (line.state().isFinal()) {
          return line;
        }
        news.add(status(line.state(), line.time()));
      }
    } catch (IOException e) {
      LOG.warn("{}: its status file cannot be read", this, e);
    }
    return null;
  }

  private void noteEnd(ProcessEnd end, @Nullable EndReason reason) {
    over = true;
    StatusLine lastWord = readStatus();
    news.addAll(
        new Evidence(end, reason, statusFile != null, lastWord, exitCode -> null).statuses());
  }

  /** Ends the process, unless it has ended; what it returns then says nothing any more. */
  void cancel(Terminator terminator) {
    synchronized (this) {
      if (over || ending || !isAlive()) {
        return;
      }
      ending = true;
    }
    try {
      mark();
    } catch (IOException e) {
      LOG.warn("{} cannot be marked as cancelled", this, e);
    }
    terminator.terminate(process, this::gone);
  }

  private void mark() throws IOException {
    if (journal != null && jobId != null) {
      try (Journal shared = Journal.continued(journal.file())) {
        shared.ending(jobId, EndReason.CANCELED);
      }
    }
    if (directory != null && !Files.exists(directory.cancelMark())) {
      PrivateFiles.create(directory.cancelMark());
    }
  }

  /** Nothing is left of what was cancelled; a journal will tell more, or there is none. */
  private void gone() {
    synchronized (this) {
      ending = false;
      if (journal != null || over) {
        return;
      }
      over = true;
    }
    report.accept(Evidence.canceled().build());
  }

  private static JobStatus status(JobState state, Instant time) {
    return JobStatus.builder(state).time(time).build();
  }

  @Override
  public String toString() {
    return "Process " + process.pid() + (jobId == null ? "" : " of job " + jobId);
  }
}
