package org.psij.executors;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;

/** Jobs of all kinds, one after the other at a steady pace, of which nothing is kept. */
final class Traffic {
  private static final int KINDS = 10;

  private final JobExecutor executor;
  private final Witness witness = new Witness();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong attached = new AtomicLong();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  Traffic(JobExecutor executor) {
    this.executor = executor;
    executor.setJobStatusCallback(this::told);
  }

  /** Submits a job at each interval for a time. */
  void flow(Duration interval, Duration time) throws InterruptedException, ExecutionException {
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    try {
      ScheduledFuture<?> flowing =
          clock.scheduleAtFixedRate(this::submitNext, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
      flowing.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      clock.shutdown(); // the time is over
    } finally {
      clock.shutdown();
      clock.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void submitNext() {
    int kind = (int) (begun.get() % KINDS);
    String shell = kind == 0 ? "exec sleep 60" : kind == 1 ? "sleep 0.3; exit 3" : "exit 0";
    Job job = new Job(JobSpec.builder("/bin/sh").arguments("-c", shell).build());
    job.setJobStatusCallback((same, status) -> react(kind, same, status));
    submit(job);
    if (kind == 1) {
      attach(String.valueOf(job.getNativeId()));
    }
  }

  private void submit(Job job) {
    begun.incrementAndGet();
    executor.submit(job);
  }

  private void attach(String nativeId) {
    begun.incrementAndGet();
    attached.incrementAndGet();
    executor.attach(new Job(), nativeId);
  }

  private void react(int kind, Job job, JobStatus status) {
    if (kind == 0 && status.getState() == JobState.ACTIVE) {
      job.cancel();
    } else if (kind == 2 && status.isFinal()) {
      submit(new Job(JobSpec.builder("/bin/true").build()));
    }
  }

  private void told(Job job, JobStatus status) {
    witness.jobStatusChanged(job, status);
    if (status.isFinal()) {
      try {
        witness.dismiss(job);
      } catch (AssertionError e) {
        failures.add(e);
      }
      ended.incrementAndGet();
    }
  }

  long begun() {
    return begun.get();
  }

  boolean isOver() {
    return ended.get() == begun.get();
  }

  Queue<Throwable> failures() {
    return failures;
  }

  @Override
  public String toString() {
    return begun
        + " jobs, "
        + attached
        + " of them attached, "
        + ended
        + " ended, "
        + witness.calls()
        + " callbacks";
  }
}
