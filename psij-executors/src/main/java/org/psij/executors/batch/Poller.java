package org.psij.executors.batch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one scheduler for the states of all jobs of this process, whichever executor they belong to:
 * one question an interval, and a few early ones where something has happened that only the
 * scheduler can explain. What cannot be asked changes nothing.
 */
final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  /** The pollers of this process, so that executors of one scheduler share the questions. */
  private static final Map<Key, Poller> POLLERS = new HashMap<>();

  private static final int LONGEST_LIST = 100_000;
  private static final Duration EARLY_GAP = Duration.ofSeconds(1);
  private static final int MOST_BACKOFF = 10;

  /** What makes two executors ask the same scheduler in the same way. */
  private record Key(Class<?> dialect, @Nullable Path commandFolder) {}

  /** What one executor wants. */
  private record Wish(
      Duration interval, int warningThreshold, CommandRunner runner, Duration limit) {}

  private final Key key;
  private final BatchScheduler scheduler;
  private final Timer timer;
  private final Map<Object, Wish> wishes = new ConcurrentHashMap<>();
  private final Set<BatchRun> runs = ConcurrentHashMap.newKeySet();
  private final ReentrantLock asking = new ReentrantLock();

  // guarded by this
  private @Nullable Runnable scheduled;
  private long scheduledAt;
  private long lastStart;
  private boolean asked;
  private int earlyLooks;

  // guarded by asking
  private int failures;
  private boolean accountingAway;

  private Poller(Key key, String name, BatchScheduler scheduler) {
    this.key = key;
    this.scheduler = scheduler;
    this.timer = new Timer("psij-" + name + "-poll");
  }

  /**
   * Joins the poller of a scheduler, which is started with the first executor that does.
   *
   * @param member the executor
   * @return the poller
   */
  static Poller join(
      Object member,
      String name,
      BatchScheduler scheduler,
      BatchExecutorConfig config,
      CommandRunner runner) {
    Key key = new Key(scheduler.getClass(), config.getCommandFolder());
    synchronized (POLLERS) {
      Poller poller = POLLERS.computeIfAbsent(key, missing -> new Poller(key, name, scheduler));
      poller.wishes.put(
          member,
          new Wish(
              config.getPollingInterval(),
              config.getWarningThreshold(),
              runner,
              config.getQueryTimeout()));
      return poller;
    }
  }

  /** Leaves the poller, which ends with the last executor that does. */
  void leave(Object member, Collection<BatchRun> itsRuns) {
    runs.removeAll(itsRuns);
    synchronized (POLLERS) {
      wishes.remove(member);
      if (!wishes.isEmpty()) {
        return;
      }
      POLLERS.remove(key);
    }
    timer.close();
  }

  /** Follows one more job. */
  void add(BatchRun run, Duration initialDelay) {
    boolean idle = runs.isEmpty();
    runs.add(run);
    Wish wish = strictest();
    schedule(idle || wish == null ? initialDelay : wish.interval());
  }

  void remove(BatchRun run) {
    runs.remove(run);
  }

  /** Asks before the interval is over. The more often in one interval, the later. */
  void lookSoon(Duration delay) {
    Duration gap;
    synchronized (this) {
      Duration sinceLast = Duration.ofNanos(asked ? System.nanoTime() - lastStart : Long.MAX_VALUE);
      gap = EARLY_GAP.multipliedBy(1L << Math.min(earlyLooks, 10)).minus(sinceLast);
    }
    schedule(gap.compareTo(delay) > 0 ? gap : delay);
  }

  /** Asks in time, unless it is asked even earlier. */
  private synchronized void schedule(Duration delay) {
    long at = System.nanoTime() + delay.toNanos();
    if (scheduled != null) {
      if (scheduledAt - at <= 0) {
        return;
      }
      scheduled.run();
    }
    scheduledAt = at;
    scheduled = timer.after(delay, this::due);
  }

  private void due() {
    synchronized (this) {
      scheduled = null;
    }
    try {
      look();
    } finally {
      if (!runs.isEmpty()) {
        schedule(pause());
      }
    }
  }

  /** Asks now, and returns when the answers have been passed on. */
  void look() {
    List<BatchRun> now = List.copyOf(runs);
    asking.lock();
    try {
      Wish wish = strictest();
      if (now.isEmpty() || wish == null) {
        return;
      }
      started(wish.interval());
      ask(now, wish);
      succeeded(wish);
    } catch (RuntimeException e) {
      failed(e); // a dialect that cannot cope with an answer must not end the questions
      if (!Thread.currentThread().isInterrupted()) { // as by the end of the last executor
        now.forEach(run -> guarded(run, run::look)); // the scripts go on telling
      }
    } finally {
      asking.unlock();
    }
  }

  private synchronized void started(Duration interval) {
    long now = System.nanoTime();
    boolean early = asked && now - lastStart < interval.toNanos() * 9 / 10;
    earlyLooks = early ? earlyLooks + 1 : 0;
    asked = true;
    lastStart = now;
  }

  private @Nullable Wish strictest() {
    return wishes.values().stream()
        .min((a, b) -> a.interval().compareTo(b.interval()))
        .orElse(null);
  }

  private void ask(List<BatchRun> now, Wish wish) {
    for (List<String> ids : chunks(now.stream().map(BatchRun::nativeId).distinct().toList())) {
      CommandResult answer = wish.runner().run(scheduler.statusCommand(ids), wish.limit());
      StatusListing listing = scheduler.parseStatus(answer);
      requireNews(listing, ids, answer);
      Set<String> askedFor = Set.copyOf(ids);
      for (BatchRun run : now) {
        if (askedFor.contains(run.nativeId())) {
          guarded(run, () -> tell(run, listing));
        }
      }
    }
    List<BatchRun> unexplained = now.stream().filter(BatchRun::needsAccounting).toList();
    if (!unexplained.isEmpty()) {
      askAccounting(unexplained, wish);
    }
  }

  private static void requireNews(StatusListing listing, List<String> ids, CommandResult answer) {
    if (listing.jobs().isEmpty() && ids.stream().noneMatch(listing::lacks)) {
      throw new CommandException("The answer cannot be read", answer);
    }
  }

  private static void tell(BatchRun run, StatusListing listing) {
    NativeStatus status = listing.get(run.nativeId());
    if (status != null) {
      run.listed(status);
    } else if (listing.lacks(run.nativeId())) {
      run.missing();
    }
  }

  private void askAccounting(List<BatchRun> unexplained, Wish wish) {
    List<StatusListing> answers = new ArrayList<>();
    CommandException problem = null;
    for (List<String> ids :
        chunks(unexplained.stream().map(BatchRun::nativeId).distinct().toList())) {
      for (List<String> command : scheduler.accountingCommands(ids)) {
        try {
          CommandResult answer = wish.runner().run(command, wish.limit());
          StatusListing listing = scheduler.parseAccounting(answer);
          answers.add(listing);
          requireNews(listing, ids, answer);
        } catch (CommandException e) {
          problem = e;
        }
      }
    }
    noteAccounting(problem);
    for (BatchRun run : unexplained) {
      String id = run.nativeId();
      NativeStatus status = known(id, answers);
      boolean isUnknown = problem == null && answers.stream().allMatch(answer -> answer.lacks(id));
      guarded(run, status != null || isUnknown ? () -> run.accounted(status) : run::notAccounted);
    }
  }

  private static @Nullable NativeStatus known(String id, List<StatusListing> answers) {
    return answers.stream()
        .map(answer -> answer.get(id))
        .filter(Objects::nonNull)
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  /** What goes wrong with one job, as in a plug-in, must not keep the others from being told. */
  private static void guarded(BatchRun run, Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Job {} (native id {}) cannot be told", run.job().getId(), run.nativeId(), e);
    }
  }

  private void noteAccounting(@Nullable CommandException problem) {
    if (problem != null && !accountingAway) {
      LOG.warn("The accounting does not answer: {}", problem.getMessage());
    } else if (problem == null && accountingAway) {
      LOG.info("The accounting answers again");
    }
    accountingAway = problem != null;
  }

  /** Lists that are short enough for a command line. */
  static List<List<String>> chunks(List<String> ids) {
    List<List<String>> chunks = new ArrayList<>();
    List<String> chunk = new ArrayList<>();
    int length = 0;
    for (String id : ids) {
      if (length + id.length() + 1 > LONGEST_LIST) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        length = 0;
      }
      chunk.add(id);
      length += id.length() + 1;
    }
    chunks.add(chunk);
    return chunks;
  }

  private void succeeded(Wish wish) {
    if (failures >= wish.warningThreshold()) {
      LOG.info("The scheduler answers again, after {} questions without an answer", failures);
    }
    failures = 0;
  }

  private void failed(RuntimeException e) {
    failures++;
    Wish wish = strictest();
    if (wish != null && failures == wish.warningThreshold()) {
      LOG.warn(
          "The scheduler has not answered {} times; all jobs stay in their states: {}",
          failures,
          e.getMessage());
    } else {
      LOG.debug("The scheduler did not answer", e);
    }
  }

  /** The interval, longer the more often in a row there was no answer. */
  private Duration pause() {
    Wish wish = strictest();
    Duration interval = wish == null ? Duration.ofMinutes(1) : wish.interval();
    asking.lock();
    try {
      if (failures == 0) {
        return interval;
      }
      int factor = (int) Math.min(MOST_BACKOFF, 1L << Math.min(failures - 1, 10));
      double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
      return Duration.ofNanos((long) (interval.toNanos() * jitter * factor));
    } finally {
      asking.unlock();
    }
  }
}
