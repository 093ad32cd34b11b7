package org.psij;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of what a {@link JobSpec} describes (PSI/J: {@code Job}). A job is submitted, or
 * attached, at most once. Safe for use by many threads; equal only to itself.
 */
public final class Job {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  private final String id;
  private final @Nullable JobSpec spec;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private volatile JobStatus status;
  private volatile @Nullable JobStatusCallback callback;
  private volatile @Nullable JobExecutor executor;
  private volatile @Nullable String nativeId;
  private volatile boolean endTold; // written under lock

  // guarded by lock
  private @Nullable JobExecutor claimant;
  private boolean frozen;
  private @Nullable List<JobStatus> early;
  private @Nullable Queue<JobStatus> undelivered;
  private boolean delivering;
  private @Nullable CompletableFuture<JobStatus> end;
  private @Nullable Set<Runnable> endWatchers;

  /** Creates a job without a specification, to be attached to one that runs already. */
  public Job() {
    this(UUID.randomUUID().toString(), null);
  }

  /**
   * Creates a job.
   *
   * @param spec what to run
   */
  public Job(JobSpec spec) {
    this(UUID.randomUUID().toString(), Objects.requireNonNull(spec, "spec"));
  }

  Job(String id, @Nullable JobSpec spec) {
    this.id = id;
    this.spec = spec;
    this.status = JobStatus.builder(JobState.NEW).build();
  }

  /**
   * Tells the id that this library gave the job.
   *
   * @return an id that no other job has, on any machine
   */
  public String getId() {
    return id;
  }

  /**
   * Tells the id that the system below gave the job.
   *
   * @return the id, or null before the job is submitted or attached
   */
  public @Nullable String getNativeId() {
    return nativeId;
  }

  /**
   * Tells what the job runs.
   *
   * @return the specification, or null if the job was made to be attached
   */
  public @Nullable JobSpec getSpec() {
    return spec;
  }

  /**
   * Tells which executor the job was submitted to or attached by.
   *
   * @return the executor, or null before that
   */
  public @Nullable JobExecutor getExecutor() {
    return executor;
  }

  /**
   * Tells where the job stands. States seen by one thread never go backwards.
   *
   * @return the latest status
   */
  public JobStatus getStatus() {
    JobStatus latest = status;
    if (latest.isFinal()) {
      tellEnd();
    }
    return latest;
  }

  /**
   * Listens to this job, independently of the callback of its executor, which is called after this
   * one. Set it before the job is submitted to see every state.
   *
   * @param listener the callback that replaces the present one, or null for none
   */
  public void setJobStatusCallback(@Nullable JobStatusCallback listener) {
    callback = listener;
  }

  /**
   * Asks for the job to be ended; see {@link JobExecutor#cancel}.
   *
   * @throws InvalidStateException if the job has not been submitted, or its executor is closed
   * @throws SubmitException if the request could not be handed on
   */
  public void cancel() {
    JobExecutor owner = executor;
    if (owner == null) {
      throw new InvalidStateException("Job " + id + " is NEW and cannot be cancelled");
    }
    owner.cancel(this);
  }

  /**
   * Waits for the end of the job, for as long as it takes.
   *
   * @return the final status
   * @throws InterruptedException if the thread is interrupted
   * @throws InvalidStateException if the executor is closed before the end
   */
  public JobStatus waitFor() throws InterruptedException {
    return Objects.requireNonNull(waitFor(null));
  }

  /**
   * Waits until the job is in one of the given states, or in one that follows any of them, or in a
   * final one.
   *
   * @param timeout how long to wait at most; null for as long as it takes, zero for a look
   * @param targets the states to wait for; none for the final ones
   * @return the status that ended the wait, or null if the time ran out
   * @throws InterruptedException if the thread is interrupted
   * @throws InvalidStateException if the executor is closed before
   */
  public @Nullable JobStatus waitFor(@Nullable Duration timeout, JobState... targets)
      throws InterruptedException {
    JobStatus reached = await(timeout, targets);
    if (reached != null && reached.isFinal()) {
      tellEnd();
    }
    return reached;
  }

  private @Nullable JobStatus await(@Nullable Duration timeout, JobState... targets)
      throws InterruptedException {
    long nanos = timeout == null ? 0 : toNanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!hasReached(status.getState(), targets)) {
        if (frozen) {
          throw closed();
        }
        if (timeout == null) {
          changed.await();
        } else if (nanos <= 0) {
          return null;
        } else {
          nanos = changed.awaitNanos(nanos);
        }
      }
      return status;
    } finally {
      lock.unlock();
    }
  }

  static long toNanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static boolean hasReached(JobState state, JobState... targets) {
    for (JobState target : targets) {
      if (state == target || state.isGreaterThan(target)) {
        return true;
      }
    }
    return state.isFinal();
  }

  /**
   * Gives a future of the final status. What depends on it runs on a thread of the library and may
   * block.
   *
   * @return a future of its own for each call, which completes exceptionally with {@link
   *     InvalidStateException} if the executor is closed before the end; cancelling it does not
   *     touch the job
   */
  public CompletableFuture<JobStatus> onFinal() {
    CompletableFuture<JobStatus> future = future();
    if (future.isDone()) {
      tellEnd();
    }
    return future;
  }

  private CompletableFuture<JobStatus> future() {
    lock.lock();
    try {
      if (status.isFinal()) {
        return CompletableFuture.completedFuture(status);
      }
      if (frozen) {
        return CompletableFuture.failedFuture(closed());
      }
      if (end == null) {
        end = new CompletableFuture<>();
      }
      return end.copy();
    } finally {
      lock.unlock();
    }
  }

  /** Calls when there is nothing more to wait for, now or later; the call must be short. */
  void watchEnd(Runnable watcher) {
    lock.lock();
    try {
      if (status.isFinal() || frozen) {
        watcher.run();
      } else {
        if (endWatchers == null) {
          endWatchers = new LinkedHashSet<>();
        }
        endWatchers.add(watcher);
      }
    } finally {
      lock.unlock();
    }
  }

  void unwatchEnd(Runnable watcher) {
    lock.lock();
    try {
      if (endWatchers != null) {
        endWatchers.remove(watcher);
      }
    } finally {
      lock.unlock();
    }
  }

  private void callEndWatchers() {
    if (endWatchers != null) {
      endWatchers.forEach(Runnable::run);
      endWatchers = null;
    }
  }

  static InvalidStateException closed() {
    return new InvalidStateException("executor closed, the job goes on");
  }

  @Override
  public String toString() {
    return "Job[" + id + ", native id " + nativeId + ", " + status.getState() + "]";
  }

  // --- what the executor of the job does with it ---

  /** Whether the job has ended, for those who do not pass it on. */
  boolean hasEnded() {
    return status.isFinal();
  }

  /** Reserves the job for a submission; one caller wins. */
  void claim(JobExecutor candidate) {
    lock.lock();
    try {
      if (claimant != null) {
        throw new InvalidStateException(
            "Job " + id + " (native id " + nativeId + ") has already been submitted or attached");
      }
      claimant = candidate;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a claim back: the submission failed and had no effect. */
  void release() {
    lock.lock();
    try {
      claimant = null;
      early = null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a submission that succeeded, and lets through what was reported during it. */
  void accept(JobExecutor owner, String acceptedId) {
    List<JobStatus> reported;
    lock.lock();
    try {
      nativeId = acceptedId;
      executor = owner;
      reported = early == null ? List.of() : early;
      early = null;
      reported.forEach(next -> advance(owner, next));
    } finally {
      lock.unlock();
    }
    afterAdvance(owner);
  }

  void apply(JobExecutor owner, JobStatus next) {
    lock.lock();
    try {
      if (claimant != owner) {
        LOG.debug("Job {}: {} reported by an executor that does not own it", id, next);
        return;
      }
      if (executor == null) {
        if (early == null) {
          early = new ArrayList<>();
        }
        early.add(next);
        return;
      }
      advance(owner, next);
    } finally {
      lock.unlock();
    }
    afterAdvance(owner);
  }

  /** Leaves the job as it is for good: its executor is closed. */
  void freeze(JobExecutor owner) {
    CompletableFuture<JobStatus> pending = null;
    lock.lock();
    try {
      if (!status.isFinal()) {
        frozen = true;
        pending = end;
        end = null;
        changed.signalAll();
        callEndWatchers();
      }
    } finally {
      lock.unlock();
    }
    if (pending != null) {
      CompletableFuture<JobStatus> failing = pending;
      owner.runAside(() -> failing.completeExceptionally(closed()));
    }
  }

  /** Moves on to a status if the state model allows it, through the states that were not seen. */
  private void advance(JobExecutor owner, JobStatus next) {
    JobState from = status.getState();
    JobState to = next.getState();
    if (frozen || from.isFinal()) {
      return;
    }
    if (to == from) {
      repeat(owner, next);
    } else if (to.isGreaterThan(from)) {
      Instant time =
          from == JobState.NEW ? next.getTime() : later(status.getTime(), next.getTime());
      for (JobState passed : StatesPassed.between(from, to)) {
        enter(owner, JobStatus.builder(passed).time(time).build());
      }
      enter(owner, next.getTime().equals(time) ? next : next.toBuilder().time(time).build());
    }
  }

  /** The state did not change: an event is told, a new reason is only kept. */
  private void repeat(JobExecutor owner, JobStatus next) {
    if (next.getMessage() == null && next.getMetadata().isEmpty()) {
      return;
    }
    JobStatus now = status;
    Object event = next.getMetadata().get(JobStatus.EVENT);
    Object attempt = next.getMetadata().get(JobStatus.ATTEMPT);
    boolean told =
        event == null
            || (event.equals(now.getMetadata().get(JobStatus.EVENT))
                && Objects.equals(attempt, now.getMetadata().get(JobStatus.ATTEMPT)));
    if (told) {
      status = next.toBuilder().time(now.getTime()).build();
    } else {
      enter(owner, next.toBuilder().time(later(now.getTime(), next.getTime())).build());
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void enter(JobExecutor owner, JobStatus next) {
    status = next;
    changed.signalAll();
    if (next.isFinal()) {
      callEndWatchers();
    }
    if (callback != null || owner.hasCallback()) {
      if (undelivered == null) {
        undelivered = new ArrayDeque<>();
      }
      undelivered.add(next);
    }
  }

  /** Completes the future and starts the delivery, outside the lock. */
  private void afterAdvance(JobExecutor owner) {
    CompletableFuture<JobStatus> ended = null;
    boolean deliver;
    lock.lock();
    try {
      if (status.isFinal()) {
        ended = end;
        end = null;
        owner.forget(this);
      }
      deliver = undelivered != null && !delivering;
      if (deliver) {
        delivering = true;
      }
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      CompletableFuture<JobStatus> completing = ended;
      owner.runAside(
          () -> {
            completing.complete(status);
            tellEnd();
          });
    }
    if (deliver) {
      startDelivery(owner);
    }
  }

  private void startDelivery(JobExecutor owner) {
    try {
      owner.callbackExecutor().execute(() -> deliver(owner));
    } catch (RejectedExecutionException e) {
      if (owner.isClosed()) {
        return;
      }
      LOG.warn("Job {} (native id {}): the callback executor refuses callbacks", id, nativeId, e);
      lock.lock();
      try {
        undelivered = null;
        delivering = false;
      } finally {
        lock.unlock();
      }
    }
  }

  private void deliver(JobExecutor owner) {
    for (JobStatus next = nextUndelivered(); next != null; next = nextUndelivered()) {
      call(callback, next);
      call(owner.callback(), next);
    }
    if (status.isFinal()) {
      tellEnd();
    }
  }

  /** A caller has got the end, and no callback has still to hear of it. */
  private void tellEnd() {
    JobExecutor owner = executor;
    if (endTold || owner == null) {
      return;
    }
    lock.lock();
    try {
      if (endTold || !status.isFinal() || undelivered != null || delivering) {
        return;
      }
      endTold = true;
    } finally {
      lock.unlock();
    }
    owner.endWasTold(this);
  }

  private @Nullable JobStatus nextUndelivered() {
    lock.lock();
    try {
      JobStatus next = undelivered == null ? null : undelivered.poll();
      if (next == null) {
        undelivered = null;
        delivering = false;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings(
      "CatchingUnchecked") // whatever the user's code throws must not reach other jobs
  private void call(@Nullable JobStatusCallback listener, JobStatus next) {
    if (listener == null) {
      return;
    }
    try {
      listener.jobStatusChanged(this, next);
    } catch (Throwable e) {
      LOG.error(
          "Job {} (native id {}): the callback for {} failed", id, nativeId, next.getState(), e);
    }
  }
}
