package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.psij.executors.work.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at processes that this executor did not start, each journal once a time.
 */
final class JournalWatch {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Timer timer;
  private final Map<Path, JournalReader> journals = new ConcurrentHashMap<>();
  private final Set<Attachment> followers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean running = new AtomicBoolean();

  JournalWatch(Timer timer) {
    this.timer = timer;
  }

  /** Shares the readers of journals among those who follow the same. */
  JournalReader reader(JournalReader fresh) {
    JournalReader known = journals.putIfAbsent(fresh.file(), fresh);
    return known == null ? fresh : known;
  }

  /** Looks now, and later until there is no more to see. */
  void follow(Attachment attachment) {
    followers.add(attachment);
    look(attachment, new HashSet<>());
    schedule();
  }

  private void schedule() {
    if (!followers.isEmpty() && running.compareAndSet(false, true)) {
      timer.after(
          LOOK,
          () -> {
            running.set(false);
            Set<JournalReader> read = new HashSet<>();
            followers.forEach(follower -> look(follower, read));
            schedule();
          });
    }
  }

  private void look(Attachment follower, Set<JournalReader> read) {
    JournalReader journal = follower.journal();
    try {
      if (journal != null && read.add(journal)) {
        journal.read();
      }
    } catch (IOException e) {
      LOG.warn("The journal {} cannot be read", journal, e);
    }
    try {
      if (follower.look()) {
        followers.remove(follower);
      }
    } catch (RuntimeException e) {
      LOG.error("{} cannot be followed any more", follower, e);
      followers.remove(follower);
    }
  }
}
