package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.psij.executors.work.Timer;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a process that this executor did not start. Its end is known if this JVM started it, or
 * if a journal or a status file of the work directory tells it; otherwise it is lost.
 */
final class Attachment {
  private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

  /** A journal on another machine's disk may lag behind the process. */
  private static final List<Duration> LOOKS =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  private static final Duration POLL = Duration.ofMillis(100);

  private final long pid;
  private final WorkDirectory workDirectory;
  private final Timer timer;
  private final Consumer<JobStatus> report;

  /** The followed process while it may be signalled: never a later one with its id. */
  private @Nullable ProcessHandle process;

  private @Nullable StatusFile statusFile;
  private volatile boolean canceled;

  Attachment(long pid, WorkDirectory workDirectory, Timer timer, Consumer<JobStatus> report) {
    this.pid = pid;
    this.workDirectory = workDirectory;
    this.timer = timer;
    this.report = report;
  }

  void follow() throws IOException {
    Journal.Entry entry = lastEntry();
    ProcessHandle alive = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    if (entry != null) {
      followScript(workDirectory.jobDirectory(entry.jobId()), entry.startTime());
    }
    StartedProcess ours = RunningProcesses.find(pid);
    if (ours != null) {
      process = alive;
      reportStart(ours.startTime());
      followStatus();
      ours.onEnd(this::ended);
    } else if (entry != null && entry.end() != null) {
      reportStart(entry.startTime());
      lookForEnd(0);
    } else if (alive != null && (entry == null || entry.isAlive())) {
      process = alive;
      reportStart(alive.info().startInstant().orElseGet(Instant::now));
      waitForExit(alive);
    } else {
      lookForEnd(0);
    }
  }

  private void followScript(JobDirectory directory, Instant startTime) {
    if (Files.exists(directory.script())) {
      statusFile = new StatusFile(directory);
      report.accept(status(JobState.QUEUED, startTime));
    }
  }

  private void reportStart(Instant time) {
    if (statusFile == null) {
      report.accept(status(JobState.ACTIVE, time));
    } else {
      readStatus();
    }
  }

  /** A child of this JVM tells its end, but not what its script does until then. */
  private void followStatus() {
    if (statusFile != null && readStatus() == null && process != null && process.isAlive()) {
      timer.after(POLL, this::followStatus);
    }
  }

  /** Not a child of this JVM, so its end is found by looking. */
  private void waitForExit(ProcessHandle followed) {
    readStatus();
    if (followed.isAlive()) {
      timer.after(POLL, () -> waitForExit(followed));
    } else {
      lookForEnd(0);
    }
  }

  /** Reports what the script has told, and returns its last word if it has come to that. */
  private @Nullable StatusLine readStatus() {
    if (statusFile == null) {
      return null;
    }
    try {
      for (StatusLine line : statusFile.read()) {
        if (line.state().isFinal()) {
          return line;
        }
        report.accept(status(line.state(), line.time()));
      }
    } catch (IOException e) {
      LOG.warn("Process {}: its status file cannot be read", pid, e);
    }
    return null;
  }

  private Journal.@Nullable Entry lastEntry() throws IOException {
    return Journal.readAll(workDirectory.root()).stream()
        .filter(entry -> entry.pid() == pid)
        .max(Comparator.comparing(Journal.Entry::startTime))
        .orElse(null);
  }

  private Journal.@Nullable Entry lastEntryIfReadable() {
    try {
      return lastEntry();
    } catch (IOException e) {
      LOG.warn("Process {}: the journals in {} cannot be read", pid, workDirectory.root(), e);
      return null;
    }
  }

  private void lookForEnd(int look) {
    Journal.Entry entry = lastEntryIfReadable();
    StatusLine word = readStatus();
    if (entry != null && entry.end() != null) {
      reportEnd(entry.end(), entry.reason());
    } else if (word != null && word.exitCode() != null) {
      reportEnd(new ProcessEnd(word.exitCode(), null, word.time()), markedReason(entry));
    } else if (entry == null || look == LOOKS.size() - 1) {
      reportLost();
    } else {
      timer.after(LOOKS.get(look + 1), () -> lookForEnd(look + 1));
    }
  }

  /** The process was a child of this JVM; its executor has written the journal by now. */
  private void ended(ProcessEnd end) {
    Journal.Entry entry = lastEntryIfReadable();
    reportEnd(end, entry == null ? null : entry.reason());
  }

  private @Nullable EndReason markedReason(Journal.@Nullable Entry entry) {
    return entry != null && Files.exists(workDirectory.jobDirectory(entry.jobId()).cancelMark())
        ? EndReason.CANCELED
        : null;
  }

  private void reportEnd(ProcessEnd end, @Nullable EndReason reason) {
    if (!canceled) {
      StatusLine lastWord = readStatus();
      new Evidence(end, reason, statusFile != null, lastWord, exitCode -> null)
          .statuses()
          .forEach(report);
    }
  }

  private void reportLost() {
    if (!canceled) {
      report.accept(
          JobStatus.builder(JobState.FAILED)
              .cause(FailureCause.LOST)
              .message("exit code unknown: nobody who watched process " + pid + " has told its end")
              .build());
    }
  }

  /** Ends the process, unless it has ended; what it returns then says nothing any more. */
  void cancel(Terminator terminator) {
    if (process != null && process.isAlive()) {
      canceled = true;
      terminator.terminate(pid, () -> report.accept(Evidence.canceled().build()));
    }
  }

  private static JobStatus status(JobState state, Instant time) {
    return JobStatus.builder(state).time(time).build();
  }
}
