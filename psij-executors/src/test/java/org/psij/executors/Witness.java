package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.psij.Job;
import org.psij.JobStatus;
import org.psij.JobStatusCallback;

/** Listens to the jobs of an executor, and checks what was told about each against the contract. */
final class Witness implements JobStatusCallback {
  private final Map<Job, List<JobStatus>> histories = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  @Override
  public void jobStatusChanged(Job job, JobStatus status) {
    calls.incrementAndGet();
    histories.compute(job, (same, history) -> with(history, status));
  }

  private static List<JobStatus> with(List<JobStatus> history, JobStatus status) {
    List<JobStatus> longer = history == null ? new ArrayList<>(7) : history;
    longer.add(status);
    return longer;
  }

  /** How often it was called. */
  long calls() {
    return calls.get();
  }

  /** Whether it has heard of the end of each of these jobs. */
  boolean knowsTheEndsOf(Collection<Job> jobs) {
    return jobs.stream().allMatch(this::knowsTheEndOf);
  }

  private boolean knowsTheEndOf(Job job) {
    return Boolean.TRUE.equals(
        read(job, history -> history.stream().anyMatch(JobStatus::isFinal) ? true : null));
  }

  /** Forgets a job, whose history must be whole. */
  void dismiss(Job job) {
    assertWhole(job);
    histories.remove(job);
  }

  /** Each state once, in order, nothing after the end, and no time before an earlier one. */
  void assertWhole(Job job) {
    List<JobStatus> history = read(job, List::copyOf);
    assertThat(history).as("what was told of %s", job).isNotNull().isNotEmpty();
    JobStatus last = history.get(history.size() - 1);
    assertThat(last.isFinal()).as("the last word on %s ends it: %s", job, history).isTrue();
    assertThat(last).as("the last word on %s", job).isEqualTo(job.getStatus());
    assertInOrder(job);
  }

  /** What was told is right as far as it goes. */
  void assertInOrder(Job job) {
    List<JobStatus> history = read(job, List::copyOf);
    for (int i = 1; history != null && i < history.size(); i++) {
      assertFollows(job, history.get(i - 1), history.get(i));
    }
  }

  private static void assertFollows(Job job, JobStatus before, JobStatus after) {
    boolean event =
        after.getMetadata().containsKey(JobStatus.EVENT) && after.getState() == before.getState();
    assertThat(event || after.getState().isGreaterThan(before.getState()))
        .as("%s: %s follows %s", job, after, before)
        .isTrue();
    assertThat(after.getTime())
        .as("%s: time of %s after %s", job, after, before)
        .isAfterOrEqualTo(before.getTime());
  }

  /** Reads a history while nobody adds to it. */
  private <T> T read(Job job, Function<List<JobStatus>, T> reading) {
    List<T> result = new ArrayList<>(1);
    histories.computeIfPresent(
        job,
        (same, history) -> {
          result.add(reading.apply(history));
          return history;
        });
    return result.isEmpty() ? null : result.get(0);
  }
}
