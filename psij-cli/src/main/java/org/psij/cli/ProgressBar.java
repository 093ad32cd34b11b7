package org.psij.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;
import picocli.CommandLine.Help.Ansi;

/** How many of some jobs have ended, in a line of a terminal that is written over again. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter terminal;
  private String shown = "";

  private ProgressBar(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Makes a line that shows nothing yet, or returns null if what is printed goes elsewhere. */
  static @Nullable ProgressBar on(PrintWriter out) {
    boolean isForced = System.getenv("CLICOLOR_FORCE") != null; // says nothing about a terminal
    return Ansi.AUTO.enabled() && !isForced ? new ProgressBar(out) : null;
  }

  void show(List<Job> jobs) {
    List<JobState> ends =
        jobs.stream()
            .map(Job::getStatus)
            .filter(JobStatus::isFinal)
            .map(JobStatus::getState)
            .toList();
    long completed = ends.stream().filter(state -> state == JobState.COMPLETED).count();
    show(text(ends.size(), ends.size() - completed, jobs.size()));
  }

  static String text(long ended, long failed, long all) {
    int filled = all == 0 ? WIDTH : (int) (ended * WIDTH / all);
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    String text = "[%s] %,d of %,d have ended".formatted(bar, ended, all);
    return failed == 0 ? text : text + ", %,d not COMPLETED".formatted(failed);
  }

  private void show(String text) {
    if (!text.equals(shown)) {
      shown = text;
      terminal.print(CLEAR_LINE + text);
      terminal.flush();
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (!shown.isEmpty()) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
