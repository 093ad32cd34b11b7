package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.SmallFile;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job that a scheduler has, from when it was handed over until its end is known. Collects what
 * its status file and the scheduler tell, and reports what follows. Safe for use by many threads.
 */
final class BatchRun {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

  /** A network file system may show late what a hint was about. */
  private static final List<Duration> REREADS =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  /** Whoever floods the socket has the files read no more often than this. */
  private static final Duration HINT_GAP = Duration.ofMillis(10);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** So many grace times has an accounting that is behind, or was away, to catch up. */
  private static final int CATCHING_UP = 10;

  private final Job job;
  private final @Nullable JobSpec spec;
  private final @Nullable JobDirectory directory;
  private final @Nullable StatusFile statusFile;
  private final @Nullable Identity identity; // guarded by this
  private final Surroundings surroundings;
  private final LiveEvents live; // guarded by this

  // guarded by this
  private String nativeId;
  private @Nullable NativeStatus scheduler;
  private @Nullable StatusLine lastWord;
  private int linesSeen;
  private boolean cancelMark;
  private boolean gone;
  private boolean silent;
  private boolean accountingIsLate;
  private boolean graceBegun;
  private boolean heardAfterGrace;
  private long graceStart;
  private boolean ended;
  private boolean unreadable;
  private boolean hintWaiting;
  private long lastHint = System.nanoTime() - HINT_GAP.toNanos();
  private int rereadChain;

  /** What a job needs of its executor. */
  interface Surroundings {
    void report(Job job, JobStatus status);

    /** Calls later. */
    void after(Duration delay, Runnable task);

    /** Has the scheduler asked before its time. */
    void lookSoon(Duration delay);

    /** How long after a job has left the queue something may still come. */
    Duration graceTime();

    @Nullable String explainFailure(JobSpec spec, JobDirectory directory, int exitCode);

    /** Whether a text may be the id of one job. */
    boolean isNativeId(String text);

    void ended(BatchRun run);
  }

  /**
   * A job that the scheduler has, or is about to get.
   *
   * @param job the job
   * @param spec its specification, or null if it was attached and is not ours
   * @param directory its place on disk, or null if it is not ours
   * @param nativeId the id that the scheduler gave it; empty before it has
   */
  BatchRun(
      Job job,
      @Nullable JobSpec spec,
      @Nullable JobDirectory directory,
      String nativeId,
      Surroundings surroundings) {
    this.job = job;
    this.spec = spec;
    this.directory = directory;
    this.statusFile = directory == null ? null : new StatusFile(directory);
    this.identity = directory == null ? null : new Identity(directory);
    this.nativeId = nativeId;
    this.surroundings = surroundings;
    this.live = new LiveEvents(job, directory != null);
  }

  Job job() {
    return job;
  }

  @Nullable JobDirectory directory() {
    return directory;
  }

  synchronized String nativeId() {
    return nativeId;
  }

  synchronized void accepted(String id) {
    nativeId = id;
    if (linesSeen > 0) {
      followsClaim(); // an earlier submission runs
    }
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Somebody says that there is something to read. If there is not, it may be on its way. */
  void hinted() {
    synchronized (this) {
      if (hintWaiting) {
        return;
      }
      long early = HINT_GAP.toNanos() - (System.nanoTime() - lastHint);
      if (early > 0) {
        hintWaiting = true;
        surroundings.after(Duration.ofNanos(early), this::followHint);
        return;
      }
    }
    followHint();
  }

  private void followHint() {
    int chain;
    synchronized (this) {
      hintWaiting = false;
      lastHint = System.nanoTime();
      chain = ++rereadChain;
    }
    lookAgainUntilNews(chain, 0);
  }

  private void lookAgainUntilNews(int chain, int reread) {
    if (isSuperseded(chain)) {
      return;
    }
    if (!look() && reread < REREADS.size() && !hasEnded()) {
      surroundings.after(REREADS.get(reread), () -> lookAgainUntilNews(chain, reread + 1));
    }
  }

  /** A later hint has begun to look anew. */
  private synchronized boolean isSuperseded(int chain) {
    return chain != rereadChain;
  }

  /**
   * Reads the status file, and reports what is new.
   *
   * @return false if there was nothing new
   */
  boolean look() {
    List<JobStatus> news = new ArrayList<>();
    boolean any;
    synchronized (this) {
      if (ended) {
        return true;
      }
      any = read(news);
      evaluate(news);
    }
    report(news);
    return any;
  }

  /** The library has been asked to cancel the job. */
  void canceled() {
    synchronized (this) {
      cancelMark = true;
    }
    surroundings.lookSoon(SOON.dividedBy(2));
  }

  /** Whether the script has ended because it was told to. */
  boolean hasStopped() {
    look();
    synchronized (this) {
      return lastWord != null && lastWord.isToldToStop();
    }
  }

  /** The scheduler lists the job. */
  void listed(NativeStatus status) {
    if (!isOwn(status)) {
      missing();
      return;
    }
    List<JobStatus> news = new ArrayList<>();
    synchronized (this) {
      if (ended) {
        return;
      }
      gone = false;
      silent = false;
      noteHeard();
      String listedId = nativeId;
      read(news);
      if (status.isFinal()) {
        followsClaim();
      }
      if (nativeId.equals(listedId)) {
        note(status, news);
      }
      evaluate(news);
    }
    report(news);
  }

  private synchronized boolean isOwn(NativeStatus status) {
    return identity == null || identity.isOwn(nativeId, status);
  }

  /** Whether the scheduler has forgotten the job, and given its id to another. */
  synchronized boolean isForgotten() {
    return identity != null && identity.isTaken(nativeId);
  }

  private void note(NativeStatus status, List<JobStatus> news) {
    live.noteRestart(status, news);
    scheduler = status;
    if (status.isFinal() || status.condition() == NativeStatus.Condition.ENDING) {
      beginGrace();
    } else if (lastWord == null) {
      endGrace();
    }
    if (!status.isFinal()) {
      live.note(status, news);
    }
  }

  /** The scheduler no longer lists the job. */
  void missing() {
    List<JobStatus> news = new ArrayList<>();
    synchronized (this) {
      if (ended) {
        return;
      }
      noteHeard();
      if (!followsClaim()) {
        leave();
      }
      read(news);
      evaluate(news);
    }
    report(news);
  }

  /** One listing may be wrong: a job that was listed just now may be listed again. */
  private void leave() {
    boolean mayBeBack = lastWord == null || lastWord.isToldToStop();
    if (!gone && mayBeBack && (scheduler == null || !scheduler.isFinal())) {
      endGrace();
    }
    gone = true;
    beginGrace();
  }

  /** Whether only the accounting can tell how the job ended. */
  synchronized boolean needsAccounting() {
    return !ended && (gone || (scheduler != null && BatchEvidence.leavesOpen(scheduler, lastWord)));
  }

  /** The accounting tells what it knows about the job; null for nothing. */
  void accounted(@Nullable NativeStatus status) {
    List<JobStatus> news = new ArrayList<>();
    synchronized (this) {
      if (ended) {
        return;
      }
      noteHeard();
      if (followsClaim()) {
        LOG.debug("Job {}: {} is not about the submission that runs", job.getId(), status);
      } else {
        noteAccounted(status != null && isOwn(status) ? status : null);
      }
      read(news);
      evaluate(news);
    }
    report(news);
  }

  private void noteAccounted(@Nullable NativeStatus status) {
    if (status != null && status.isFinal()) {
      scheduler = status;
      silent = true; // it has said all that it knows
      return;
    }
    accountingIsLate |= status != null; // the queue knows more
    if (isGraceOver(accountingIsLate ? CATCHING_UP : 1) && !unreadable) {
      silent = true; // a file may tell that comes back
    }
  }

  /** The accounting cannot be asked: what script and queue have said must do, if they have. */
  void notAccounted() {
    List<JobStatus> news = new ArrayList<>();
    synchronized (this) {
      boolean known = lastWord != null || (scheduler != null && scheduler.isFinal());
      if (!known) {
        accountingIsLate = true;
        graceStart = System.nanoTime();
      }
      if (ended || !known || !isGraceOver()) {
        return;
      }
      silent = true;
      evaluate(news);
    }
    report(news);
  }

  private void beginGrace() {
    if (!graceBegun) {
      graceBegun = true;
      graceStart = System.nanoTime();
      surroundings.after(surroundings.graceTime(), this::graceIsOver);
    }
  }

  private void graceIsOver() {
    look();
    if (!hasEnded()) {
      surroundings.lookSoon(Duration.ZERO);
    }
  }

  private void endGrace() {
    graceBegun = false;
    heardAfterGrace = false;
  }

  /** What was heard before the grace time was over may be out of date by now. */
  private void noteHeard() {
    heardAfterGrace |= isGraceOver();
  }

  private boolean isGraceOver() {
    return isGraceOver(1);
  }

  private boolean isGraceOver(int times) {
    long grace = surroundings.graceTime().toNanos() * times;
    return graceBegun && System.nanoTime() - graceStart >= grace;
  }

  /**
   * Of several submissions of this job another one may be the one that runs; this one then ends
   * with nothing done, which says nothing about the job.
   *
   * @return true if what is known about the earlier native id no longer counts
   */
  private boolean followsClaim() {
    if (directory == null) {
      return false;
    }
    try {
      String claimed = SmallFile.read(directory.claim());
      if (claimed == null || claimed.equals(nativeId) || !surroundings.isNativeId(claimed)) {
        return false;
      }
      LOG.info("Job {} (native id {}) runs as {}", job.getId(), nativeId, claimed);
      nativeId = claimed;
      scheduler = null;
      gone = false;
      silent = false;
      endGrace();
      return true;
    } catch (IOException e) {
      LOG.debug("Job {} (native id {}): its claim cannot be read", job.getId(), nativeId, e);
      return false;
    }
  }

  /** Reports the states that the script has told, and keeps its last word. */
  private boolean read(List<JobStatus> news) {
    if (statusFile == null) {
      return false;
    }
    try {
      int run = statusFile.run();
      List<StatusLine> lines = statusFile.read();
      unreadable = false;
      if (statusFile.run() > run) {
        linesSeen = 0;
        lastWord = null;
        endGrace();
        live.noteAttempt(
            statusFile.run(), lines.isEmpty() ? Instant.now() : lines.get(0).time(), news);
      }
      boolean any = lines.size() > linesSeen;
      if (any && linesSeen == 0) {
        followsClaim();
      }
      linesSeen = lines.size();
      for (StatusLine line : lines) {
        if (line.state().isFinal()) {
          lastWord = line;
        } else {
          news.add(JobStatus.builder(line.state()).time(line.time()).build());
        }
      }
      return any;
    } catch (IOException e) {
      if (!unreadable) {
        LOG.warn("Job {} (native id {}): its status file cannot be read", job.getId(), nativeId, e);
      }
      unreadable = true;
      return false;
    }
  }

  private void evaluate(List<JobStatus> news) {
    BatchEvidence evidence =
        new BatchEvidence(
            directory == null ? null : directory.path(),
            lastWord,
            isCanceled(),
            scheduler,
            gone,
            heardAfterGrace,
            silent,
            this::explainFailure);
    JobStatus end = evidence.end();
    if (end != null) {
      ended = true;
      news.add(end);
    } else if (evidence.isUnexplained() && !graceBegun) {
      beginGrace();
      surroundings.lookSoon(SOON);
    }
  }

  /** The mark may come from another process, and goes again if the scheduler refuses to cancel. */
  private boolean isCanceled() {
    if (directory == null) {
      return cancelMark;
    }
    boolean mayHaveEnded =
        lastWord != null
            || gone
            || (scheduler != null
                && (scheduler.isFinal() || scheduler.condition() == NativeStatus.Condition.ENDING));
    return mayHaveEnded && (cancelMark || Files.exists(directory.cancelMark()));
  }

  private @Nullable String explainFailure(int exitCode) {
    return spec == null || directory == null
        ? null
        : surroundings.explainFailure(spec, directory, exitCode);
  }

  /** Outside the lock: callbacks may run in here. */
  private void report(List<JobStatus> news) {
    for (JobStatus status : news) {
      boolean event = status.getMetadata().containsKey(JobStatus.EVENT);
      surroundings.report(job, event ? LiveEvents.inPresentState(job, status) : status);
    }
    if (hasEnded()) {
      surroundings.ended(this);
    }
  }
}
