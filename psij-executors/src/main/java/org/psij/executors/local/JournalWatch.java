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

  /** Follows a job in a journal with the reader that all who follow this journal share. */
  synchronized JournalReader join(Journals.Found found) {
    JournalReader shared =
        journals.computeIfAbsent(found.journal().file(), JournalReader::ofFollowed);
    shared.follow(found.entry().jobId(), found.entry(), found.journal().position());
    return shared;
  }

  private synchronized void leave(Attachment attachment) {
    JournalReader journal = attachment.journal();
    String jobId = attachment.jobId();
    if (journal != null && jobId != null && journal.unfollow(jobId)) {
      journals.remove(journal.file());
    }
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
      LOG.warn("{}: its journal cannot be read", follower, e);
    }
    try {
      if (!follower.look()) {
        return;
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{} cannot be followed any more", follower, e);
    }
    if (followers.remove(follower)) {
      leave(follower);
    }
  }
}
