package org.psij.executors.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the jobs of processes that are gone, whose end nobody was told, and takes them over. */
final class LocalRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRecovery.class);

  /** A spawn helper sees within a moment that its JVM is gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(10);

  private final WorkDirectory workDirectory;
  private final Journals journals;

  /** The jobs that earlier recoveries have handed out; their journals belong to this executor. */
  private final Set<String> handedOut = new HashSet<>();

  LocalRecovery(WorkDirectory workDirectory, Journals journals) {
    this.workDirectory = workDirectory;
    this.journals = journals;
  }

  /**
   * Takes the jobs over; of several processes that do this at once, each gets different ones.
   *
   * @return the jobs and the journals that tell of them, in no order
   * @throws IOException if the work directory cannot be read
   */
  List<Journals.Found> orphans() throws IOException {
    return workDirectory.alone("recovery", this::takeOver);
  }

  /** Takes note that a job is in the hands of whoever asked. */
  synchronized void handedOut(String jobId) {
    handedOut.add(jobId);
  }

  private synchronized List<Journals.Found> takeOver() throws IOException {
    Map<String, Journals.Found> orphans = new HashMap<>();
    Set<String> withOthers = new HashSet<>(handedOut);
    for (JournalReader journal : journals.readAll()) {
      boolean orphaned = isTaken(journal);
      for (JournalEntry entry : journal.entries()) {
        if (!orphaned || entry.told()) {
          withOthers.add(entry.jobId());
        } else {
          orphans.merge(
              entry.jobId(), new Journals.Found(journal, entry), LocalRecovery::furtherOn);
        }
      }
    }
    return orphans.values().stream()
        .filter(found -> !withOthers.contains(found.entry().jobId()))
        .toList();
  }

  /** Tells whether the jobs of a journal are ours to hand out, now or since an earlier attempt. */
  private boolean isTaken(JournalReader journal) {
    try {
      return isOurs(journal) || (isOrphaned(journal) && (isOver(journal) || take(journal)));
    } catch (IOException e) {
      LOG.error("The jobs in {} cannot be taken over", journal.file(), e);
      return false;
    }
  }

  private boolean isOurs(JournalReader journal) {
    return workDirectory.owner().equals(journal.owner())
        && !journal.file().equals(journals.file(workDirectory.owner()));
  }

  /** A job that an earlier recovery found not started may have been submitted again. */
  private static Journals.Found furtherOn(Journals.Found one, Journals.Found other) {
    return one.entry().mayHaveRun() ? one : other;
  }

  private boolean isOrphaned(JournalReader journal) {
    String owner = journal.owner();
    return owner != null && !workDirectory.isAlive(owner) && journal.place().isKnownHere();
  }

  /** All is told, and nobody needs to answer for it. */
  private static boolean isOver(JournalReader journal) {
    return journal.isDrained() && journal.entries().stream().allMatch(JournalEntry::told);
  }

  /** Takes a journal over once nothing more is started by the process before. */
  private boolean take(JournalReader journal) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!journal.isDrained()) {
      if (Instant.now().isAfter(end)) {
        LOG.warn("The jobs in {} are left alone: somebody may still start them", journal.file());
        return false;
      }
      pause();
      journal.read();
    }
    journal.read();
    try (Journal continued = Journal.continued(journal.file())) {
      continued.owner(workDirectory.owner());
      return true;
    }
  }

  private static void pause() {
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(LOOK.toNanos());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
