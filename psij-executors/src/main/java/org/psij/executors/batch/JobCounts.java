package org.psij.executors.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;

/** Counts the jobs of a listing by state, user and queue. Not safe for use by several threads. */
public final class JobCounts {
  private final String ownUser;
  private final Count all = new Count();
  private final Count own = new Count();
  private final Map<String, Count> queues = new HashMap<>();

  private static final class Count {
    private int running;
    private int queued;

    void add(JobState state, int jobs) {
      if (state == JobState.QUEUED) {
        queued += jobs;
      } else if (state == JobState.ACTIVE) {
        running += jobs;
      }
    }
  }

  /**
   * Starts with no jobs.
   *
   * @param ownUser the name of the user whose jobs are the own ones
   */
  public JobCounts(String ownUser) {
    this.ownUser = ownUser;
  }

  /**
   * Counts jobs that are alike.
   *
   * @param state their state; those that neither wait nor run do not count
   * @param user whose jobs they are
   * @param inQueues where they run or wait; none if that is not told
   * @param jobs how many they are
   */
  public void add(@Nullable JobState state, String user, List<String> inQueues, int jobs) {
    if (state == null) {
      return;
    }
    all.add(state, jobs);
    if (user.equals(ownUser)) {
      own.add(state, jobs);
    }
    for (String queue : inQueues) {
      queues.computeIfAbsent(queue, added -> new Count()).add(state, jobs);
    }
  }

  /**
   * Tells the numbers of all queues together.
   *
   * @param summary takes them
   */
  public void tell(ResourceSummary.Builder summary) {
    summary
        .ownRunningJobs(own.running)
        .ownQueuedJobs(own.queued)
        .runningJobs(all.running)
        .queuedJobs(all.queued);
  }

  /**
   * Tells the numbers of one queue.
   *
   * @param queue its name
   * @param summary takes them
   */
  public void tell(String queue, QueueSummary.Builder summary) {
    Count count = queues.getOrDefault(queue, new Count());
    summary.runningJobs(count.running).queuedJobs(count.queued);
  }
}
