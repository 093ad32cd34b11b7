package org.psij;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The jobs that a scheduler showed at one moment, or some of them. Immutable.
 *
 * @see QueueView
 */
public final class QueueSnapshot implements Iterable<QueuedJob> {
  private final List<QueuedJob> jobs;

  /**
   * Keeps jobs.
   *
   * @param jobs the jobs, in the order of the scheduler
   */
  public QueueSnapshot(List<QueuedJob> jobs) {
    this.jobs = List.copyOf(jobs);
  }

  /**
   * Gives the jobs.
   *
   * @return the jobs in the order of the scheduler; cannot be modified
   */
  public List<QueuedJob> getJobs() {
    return jobs;
  }

  @Override
  public Iterator<QueuedJob> iterator() {
    return jobs.iterator();
  }

  /**
   * Selects the jobs of one user.
   *
   * @param user the name of the user
   * @return those jobs
   */
  public QueueSnapshot ofUser(String user) {
    return where(job -> user.equals(job.getUser()));
  }

  /**
   * Selects the jobs of one queue.
   *
   * @param queue the name of the queue or partition
   * @return those jobs; a job that waits for any of several queues belongs to each
   */
  public QueueSnapshot inQueue(String queue) {
    return where(job -> job.getQueues().contains(queue));
  }

  /**
   * Selects the jobs in certain states.
   *
   * @param states the states
   * @return those jobs, none whose native state means nothing to the library
   */
  public QueueSnapshot inState(JobState... states) {
    Set<JobState> wanted = EnumSet.noneOf(JobState.class);
    wanted.addAll(List.of(states));
    return where(job -> job.getState() != null && wanted.contains(job.getState()));
  }

  /**
   * Selects the jobs that wait.
   *
   * @return the jobs that are {@link JobState#QUEUED}, held ones too
   */
  public QueueSnapshot queued() {
    return inState(JobState.QUEUED);
  }

  /**
   * Selects the jobs that run.
   *
   * @return the jobs that are {@link JobState#ACTIVE}, suspended ones too
   */
  public QueueSnapshot running() {
    return inState(JobState.ACTIVE);
  }

  /**
   * Selects the jobs that have ended, in whatever way.
   *
   * @return the jobs whose state is final
   */
  public QueueSnapshot completed() {
    return where(job -> job.getState() != null && job.getState().isFinal());
  }

  private QueueSnapshot where(Predicate<QueuedJob> wanted) {
    return new QueueSnapshot(jobs.stream().filter(wanted).toList());
  }
}
