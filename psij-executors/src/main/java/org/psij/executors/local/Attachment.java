package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a process that this executor did not start. Its end is known if this JVM started it, or
 * if a journal of the work directory tells it; otherwise it is lost.
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

  /** By this much may the start of a process, by its own account and by ours, differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  private final long pid;
  private final Path journals;
  private final Timer timer;
  private final Consumer<JobStatus> report;
  private boolean canceled; // guarded by this

  Attachment(long pid, Path journals, Timer timer, Consumer<JobStatus> report) {
    this.pid = pid;
    this.journals = journals;
    this.timer = timer;
    this.report = report;
  }

  void follow() throws IOException {
    StartedProcess ours = RunningProcesses.find(pid);
    if (ours != null) {
      reportActive(ours.startTime());
      ours.onEnd(this::reportEnd);
      return;
    }
    Journal.Entry entry = lastEntry();
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (entry != null && entry.end() != null && !isOther(process, entry)) {
      reportActive(entry.startTime());
      reportEnd(entry.end());
    } else if (process != null && process.isAlive()) {
      reportActive(process.info().startInstant().orElseGet(Instant::now));
      waitForExit(process);
    } else {
      lookForEnd(0);
    }
  }

  /** Not a child of this JVM, so its end is found by looking. */
  private void waitForExit(ProcessHandle process) {
    if (process.isAlive()) {
      timer.after(POLL, () -> waitForExit(process));
    } else {
      lookForEnd(0);
    }
  }

  /** The process id has gone to another process since the entry was written. */
  private static boolean isOther(@Nullable ProcessHandle process, Journal.Entry entry) {
    return process != null
        && process.isAlive()
        && process
            .info()
            .startInstant()
            .map(start -> start.isAfter(entry.startTime().plus(CLOCK_TOLERANCE)))
            .orElse(false);
  }

  private Journal.@Nullable Entry lastEntry() throws IOException {
    return Journal.readAll(journals).stream()
        .filter(entry -> entry.pid() == pid)
        .max(Comparator.comparing(Journal.Entry::startTime))
        .orElse(null);
  }

  private void lookForEnd(int look) {
    Journal.Entry entry = null;
    try {
      entry = lastEntry();
    } catch (IOException e) {
      LOG.warn("Process {}: the journals in {} cannot be read", pid, journals, e);
    }
    if (entry != null && entry.end() != null) {
      reportEnd(entry.end());
    } else if (entry == null || look == LOOKS.size() - 1) {
      reportLost();
    } else {
      timer.after(LOOKS.get(look + 1), () -> lookForEnd(look + 1));
    }
  }

  private synchronized void reportLost() {
    if (!canceled) {
      report.accept(
          JobStatus.builder(JobState.FAILED)
              .cause(FailureCause.LOST)
              .message("exit code unknown: nobody who watched process " + pid + " has told its end")
              .build());
    }
  }

  private void reportActive(Instant time) {
    report.accept(JobStatus.builder(JobState.ACTIVE).time(time).build());
  }

  private synchronized void reportEnd(ProcessEnd end) {
    if (!canceled) {
      Ends.of(end).forEach(report);
    }
  }

  /** Ends the process; what it returns then says nothing any more. */
  synchronized void cancel(Terminator terminator) {
    canceled = true;
    terminator.terminate(pid, () -> report.accept(Ends.canceled().build()));
  }
}
