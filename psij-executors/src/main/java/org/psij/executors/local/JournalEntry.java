package org.psij.executors.local;

import org.jspecify.annotations.Nullable;

/**
 * What a journal tells about one job. Immutable.
 *
 * @param jobId the job
 * @param starting whether somebody was about to start its process
 * @param starter who was about to start it, and will write its end, or null if that is not known
 * @param process its process, or null if none was started as far as the journal knows
 * @param reason why the library has ended it, or null if it has not
 * @param end how the process ended, or null if that is not told
 * @param told whether whoever submitted the job knows how it came out
 */
record JournalEntry(
    String jobId,
    boolean starting,
    @Nullable ProcessId starter,
    @Nullable ProcessId process,
    @Nullable EndReason reason,
    @Nullable ProcessEnd end,
    boolean told) {

  static JournalEntry submitted(String jobId) {
    return new JournalEntry(jobId, false, null, null, null, null, false);
  }

  JournalEntry withStarting(@Nullable ProcessId by) {
    return new JournalEntry(jobId, true, by, process, reason, end, told);
  }

  JournalEntry withRefusal() {
    return new JournalEntry(jobId, false, starter, process, reason, end, told);
  }

  JournalEntry withProcess(ProcessId started) {
    return new JournalEntry(jobId, true, starter, started, reason, end, told);
  }

  JournalEntry withReason(EndReason why) {
    return new JournalEntry(jobId, starting, starter, process, why, end, told);
  }

  JournalEntry withEnd(ProcessEnd how) {
    return new JournalEntry(jobId, starting, starter, process, reason, how, told);
  }

  JournalEntry withTold() {
    return new JournalEntry(jobId, starting, starter, process, reason, end, true);
  }

  /** Tells whether its process may be running, or have run, as far as the journal knows. */
  boolean mayHaveRun() {
    return starting || process != null;
  }

  boolean hasProcess(long pid) {
    return process != null && process.pid() == pid;
  }

  /** Tells whether its process runs. */
  boolean isAlive() {
    return end == null && process != null && process.isAlive();
  }
}
