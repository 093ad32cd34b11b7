package org.psij.executors.batch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/**
 * What happens to a job that has not ended and changes no state, or none but that it is queued:
 * holds, suspensions, restarts, and reasons for waiting. Not safe for use by several threads.
 */
final class LiveEvents {
  private final Job job;
  private final boolean scripted;
  private boolean held;
  private boolean suspended;
  private int attempt = 1;

  /**
   * Begins with a job of which nothing is known.
   *
   * @param scripted whether the job's own script tells when it is active
   */
  LiveEvents(Job job, boolean scripted) {
    this.job = job;
    this.scripted = scripted;
  }

  /** The scheduler may tell how often it has put the job back into the queue. */
  void noteRestart(NativeStatus status, List<JobStatus> news) {
    Integer restarts = status.restarts();
    if (restarts != null && restarts + 1 > attempt) {
      noteAttempt(restarts + 1, Instant.now(), news);
    }
  }

  /** Another run has begun. */
  void noteAttempt(int run, Instant time, List<JobStatus> news) {
    if (run > attempt) {
      attempt = run;
      news.add(event("requeue", null).toBuilder().time(time).build());
    }
  }

  /** The scheduler lists the job as one that has not ended. */
  void note(NativeStatus status, List<JobStatus> news) {
    if (status.state() == null) {
      noteUnknown(status, news);
      return;
    }
    boolean nowHeld = status.condition() == NativeStatus.Condition.HELD;
    boolean nowSuspended = status.condition() == NativeStatus.Condition.SUSPENDED;
    JobState present = job.getStatus().getState();
    if (status.state() == JobState.ACTIVE && !scripted) {
      news.add(live(JobState.ACTIVE, status).build());
    } else if (present == JobState.NEW || present == JobState.QUEUED) {
      news.add(live(JobState.QUEUED, status).build());
    }
    if (nowHeld != held) {
      held = nowHeld;
      news.add(event(held ? "hold" : "release", status));
    }
    if (nowSuspended != suspended) {
      suspended = nowSuspended;
      news.add(event(suspended ? "suspend" : "resume", status));
    }
  }

  private void noteUnknown(NativeStatus status, List<JobStatus> news) {
    JobState present = job.getStatus().getState();
    news.add(live(present == JobState.NEW ? JobState.QUEUED : present, status).build());
  }

  private static JobStatus.Builder live(JobState state, NativeStatus status) {
    return JobStatus.builder(state)
        .message(status.reason())
        .metadata(JobStatus.NATIVE_STATE, status.nativeState());
  }

  /**
   * Something happened that is no state; {@link #inPresentState} gives it the state of that moment.
   */
  private JobStatus event(String event, @Nullable NativeStatus status) {
    JobStatus.Builder told =
        JobStatus.builder(JobState.QUEUED)
            .metadata(JobStatus.EVENT, event)
            .metadata(JobStatus.ATTEMPT, (long) attempt);
    if (status != null) {
      told.message(status.reason()).metadata(JobStatus.NATIVE_STATE, status.nativeState());
    }
    return told.build();
  }

  /** Gives an event the state that the job is in by now. */
  static JobStatus inPresentState(Job job, JobStatus event) {
    JobState present = job.getStatus().getState();
    JobStatus.Builder status =
        JobStatus.builder(present == JobState.NEW ? JobState.QUEUED : present)
            .time(event.getTime())
            .message(event.getMessage());
    event.getMetadata().forEach(status::metadata);
    return status.build();
  }
}
