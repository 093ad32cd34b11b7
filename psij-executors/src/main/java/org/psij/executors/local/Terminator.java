package org.psij.executors.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.psij.executors.work.Signal;
import org.psij.executors.work.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends process trees: SIGTERM to the group and to the descendants of that moment, SIGKILL to what
 * is left after a time of grace. Requests that come close together share one look at the processes
 * of the machine.
 */
final class Terminator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Terminator.class);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final long KILL_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Kills what is left when this JVM no longer can: groups and processes, each with its birth, by
   * which a later one with its number is told. A group without a leader is nobody else's.
   */
  private static final String KILL_LATER =
      """
      sleep "$1"; shift
      for process; do
        pid=${process%%:*} birth=${process#*:}
        if read -r stat 2>/dev/null <"/proc/$pid/stat"; then
          set -f; fields=${stat##*) }; found=$(set -- $fields; echo "${20}")
          [ "$found" = "$birth" ] || continue
        fi
        kill -s KILL -- "-$pid" 2>/dev/null || kill -s KILL -- "$pid" 2>/dev/null
      done
      """;

  private final Timer timer;
  private final Duration grace;
  private final ConcurrentLinkedQueue<Termination> requested = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean lookDue = new AtomicBoolean();
  private final List<Termination> underWay = new ArrayList<>(); // guarded by this

  Terminator(Timer timer, Duration grace) {
    this.timer = timer;
    this.grace = grace;
  }

  /**
   * Ends a process with all that belongs to it.
   *
   * @param process the process; a later one with its number is left alone
   * @param gone is run when nothing of it is left
   */
  void terminate(ProcessId process, Runnable gone) {
    requested.add(new Termination(process, gone));
    lookAfter(Duration.ZERO);
  }

  private void lookAfter(Duration delay) {
    if (lookDue.compareAndSet(false, true)) {
      timer.after(
          delay,
          () -> {
            lookDue.set(false);
            look();
          });
    }
  }

  private void look() {
    List<Termination> over = List.of();
    try {
      over = step();
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot end processes; trying again", e);
    }
    over.forEach(Terminator::tellGone);
    if (isBusy()) {
      lookAfter(LOOK);
    }
  }

  private static void tellGone(Termination termination) {
    try {
      termination.gone.run();
    } catch (RuntimeException | Error e) {
      LOG.error("The end of process {} was not dealt with", termination.pid, e);
    }
  }

  private synchronized boolean isBusy() {
    return !(underWay.isEmpty() && requested.isEmpty());
  }

  /** Signals what is due, and returns what has come to its end. */
  private synchronized List<Termination> step() throws IOException {
    int due = requested.size(); // a process that is asked for later may be missing in the table
    ProcessTable table = ProcessTable.read();
    signal(takeRequested(due, table), table, Signal.TERM);
    signal(overdue(), table, Signal.KILL);
    List<Termination> over =
        underWay.stream().filter(termination -> !termination.hasMembersIn(table)).toList();
    underWay.removeAll(over);
    return over;
  }

  private List<Termination> takeRequested(int due, ProcessTable table) {
    List<Termination> fresh = new ArrayList<>();
    for (int i = 0; i < due; i++) {
      Termination next = requested.remove();
      if (!next.isReplacedIn(table)) {
        next.members.addAll(table.tree(next.pid));
      }
      next.killAt = System.nanoTime() + grace.toNanos();
      fresh.add(next);
    }
    underWay.addAll(fresh);
    return fresh;
  }

  private List<Termination> overdue() {
    long now = System.nanoTime();
    List<Termination> overdue =
        underWay.stream().filter(termination -> termination.killAt - now <= 0).toList();
    overdue.forEach(termination -> termination.killAt = now + KILL_AGAIN_NANOS);
    return overdue;
  }

  private void signal(List<Termination> terminations, ProcessTable table, Signal signal)
      throws IOException {
    List<Long> groups =
        terminations.stream()
            .filter(termination -> termination.hasGroupIn(table))
            .map(termination -> termination.pid)
            .toList();
    ProcessBuilderStarter.signal(groups, signal); // first, lest it sees the others end
    for (Termination termination : terminations) {
      termination.strays(table).forEach(row -> send(row.pid(), signal));
    }
  }

  private static void send(long pid, Signal signal) {
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              if (signal == Signal.KILL) {
                process.destroyForcibly();
              } else {
                process.destroy();
              }
            });
  }

  /**
   * Sends what has been asked for, and leaves what may become necessary to a process of its own.
   */
  @Override
  public void close() {
    if (!isBusy()) {
      return;
    }
    try {
      step();
      killLater(ProcessTable.read());
    } catch (IOException e) {
      LOG.error("Processes that were to be ended may go on", e);
    }
  }

  private synchronized void killLater(ProcessTable table) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", KILL_LATER, "kill", seconds(grace)));
    for (Termination termination : underWay) {
      if (termination.hasGroupIn(table)) {
        command.add(termination.pid + ":" + termination.process.birth());
      }
      termination.strays(table).forEach(row -> command.add(row.pid() + ":" + row.birth()));
    }
    if (command.size() > 5) {
      ProcessBuilderStarter.startAside(command);
    }
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.plusMillis(999).toSeconds());
  }

  private static final class Termination {
    private final ProcessId process;
    private final long pid;
    private final Runnable gone;
    private final Set<ProcessTable.Row> members = new HashSet<>();
    private long killAt;

    Termination(ProcessId process, Runnable gone) {
      this.process = process;
      this.pid = process.pid();
      this.gone = gone;
    }

    boolean hasMembersIn(ProcessTable table) {
      return hasGroupIn(table) || members.stream().anyMatch(table::contains);
    }

    /** While something is left of a group, no other process gets the number of the group. */
    boolean hasGroupIn(ProcessTable table) {
      return table.isGroup(pid) && !isReplacedIn(table);
    }

    boolean isReplacedIn(ProcessTable table) {
      ProcessTable.Row row = table.process(pid);
      return row != null && !process.isSame(row);
    }

    /** Members outside the group, which no signal to the group reaches. */
    List<ProcessTable.Row> strays(ProcessTable table) {
      return members.stream()
          .filter(member -> member.group() != pid && table.contains(member))
          .toList();
    }
  }
}
