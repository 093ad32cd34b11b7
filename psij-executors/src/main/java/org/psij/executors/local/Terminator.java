package org.psij.executors.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends process trees: SIGTERM to the group and to the descendants of that moment, SIGKILL to what
 * is left after a time of grace. Requests that come close together share one look at the processes
 * of the machine.
 */
final class Terminator {
  private static final Logger LOG = LoggerFactory.getLogger(Terminator.class);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ProcessStarter starter;
  private final Timer timer;
  private final Duration grace;
  private final ConcurrentLinkedQueue<Termination> requested = new ConcurrentLinkedQueue<>();

  // used by the timer's thread only
  private final List<Termination> underWay = new ArrayList<>();
  private boolean looking;

  Terminator(ProcessStarter starter, Timer timer, Duration grace) {
    this.starter = starter;
    this.timer = timer;
    this.grace = grace;
  }

  /**
   * Ends a process with all that belongs to it.
   *
   * @param pid the process
   * @param gone is run when nothing of it is left
   */
  void terminate(long pid, Runnable gone) {
    requested.add(new Termination(pid, gone));
    timer.after(Duration.ZERO, this::look);
  }

  private void look() {
    looking = false;
    try {
      ProcessTable table = ProcessTable.read();
      List<Termination> fresh = takeRequested(table);
      signal(fresh, table, Signal.TERM);
      signal(overdue(), table, Signal.KILL);
      underWay.removeIf(termination -> termination.isOver(table));
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot end processes; trying again", e);
    }
    if (!looking && !(underWay.isEmpty() && requested.isEmpty())) {
      looking = true;
      timer.after(LOOK, this::look);
    }
  }

  private List<Termination> takeRequested(ProcessTable table) {
    List<Termination> fresh = new ArrayList<>();
    for (Termination next = requested.poll(); next != null; next = requested.poll()) {
      next.members.addAll(table.tree(next.pid));
      next.deadline = System.nanoTime() + grace.toNanos();
      fresh.add(next);
    }
    underWay.addAll(fresh);
    return fresh;
  }

  private List<Termination> overdue() {
    long now = System.nanoTime();
    return underWay.stream().filter(termination -> termination.deadline - now <= 0).toList();
  }

  private void signal(List<Termination> terminations, ProcessTable table, Signal signal)
      throws IOException {
    Set<Long> groups = new HashSet<>();
    for (Termination termination : terminations) {
      if (table.isGroup(termination.pid)) {
        groups.add(termination.pid);
      }
      for (ProcessTable.Row member : termination.members) {
        if (member.group() != termination.pid && table.contains(member)) {
          send(member.pid(), signal);
        }
      }
    }
    starter.signalGroups(groups, signal);
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

  private static final class Termination {
    private final long pid;
    private final Runnable gone;
    private final Set<ProcessTable.Row> members = new HashSet<>();
    private long deadline;

    Termination(long pid, Runnable gone) {
      this.pid = pid;
      this.gone = gone;
    }

    boolean isOver(ProcessTable table) {
      if (table.isGroup(pid) || members.stream().anyMatch(table::contains)) {
        return false;
      }
      gone.run();
      return true;
    }
  }
}
