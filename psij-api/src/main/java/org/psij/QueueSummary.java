package org.psij;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler tells about one of its queues, which Slurm calls partitions. Cores are counted
 * as the scheduler counts them for jobs: CPUs of Slurm, slots of Grid Engine and LSF. Queues may
 * share their nodes: the sum over all queues can be more than there is. Immutable.
 *
 * @see ResourceSummary
 */
public final class QueueSummary {
  private final String name;
  private final boolean defaultQueue;
  private final boolean open;
  private final boolean started;
  private final @Nullable Integer totalCores;
  private final @Nullable Integer freeCores;
  private final @Nullable Integer largestNodeCores;
  private final @Nullable Long largestNodeMemory;
  private final @Nullable Duration defaultWalltime;
  private final @Nullable Integer runningJobs;
  private final @Nullable Integer queuedJobs;
  private final LargestJob largestJob;

  private QueueSummary(Builder builder) {
    name = builder.name;
    defaultQueue = builder.defaultQueue;
    open = builder.open;
    started = builder.started;
    totalCores = builder.totalCores;
    freeCores = builder.freeCores;
    largestNodeCores = builder.largestNodeCores;
    largestNodeMemory = builder.largestNodeMemory;
    defaultWalltime = builder.defaultWalltime;
    runningJobs = builder.runningJobs;
    queuedJobs = builder.queuedJobs;
    largestJob = builder.largestJob;
  }

  /**
   * Starts the description of a queue that takes and starts jobs.
   *
   * @param name the name of the queue
   * @return a new builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Names the queue.
   *
   * @return the name, as in {@link JobAttributes#getQueueName}
   */
  public String getName() {
    return name;
  }

  /**
   * Tells whether jobs that name no queue come here.
   *
   * @return true if they do, or may; false if not, or if the scheduler does not tell
   */
  public boolean isDefaultQueue() {
    return defaultQueue;
  }

  /**
   * Tells whether the queue takes jobs.
   *
   * @return true if jobs can be submitted to it
   */
  public boolean isOpen() {
    return open;
  }

  /**
   * Tells whether the queue starts jobs at present.
   *
   * @return false if they wait until an administrator, or the time of day, changes that
   */
  public boolean isStarted() {
    return started;
  }

  /**
   * Tells how many cores the nodes of the queue have.
   *
   * @return the number of cores, those of nodes that are down too, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getTotalCores() {
    return totalCores;
  }

  /**
   * Tells how many cores wait for jobs.
   *
   * @return the number of cores that no job has, on nodes that can take jobs, or null if the
   *     scheduler does not tell
   */
  public @Nullable Integer getFreeCores() {
    return freeCores;
  }

  /**
   * Tells how many cores the largest node of the queue has.
   *
   * @return the number of cores, or null if the scheduler does not tell
   */
  public @Nullable Integer getLargestNodeCores() {
    return largestNodeCores;
  }

  /**
   * Tells how much memory the node of the queue with the most of it has.
   *
   * @return the memory in bytes, or null if the scheduler does not tell
   */
  public @Nullable Long getLargestNodeMemory() {
    return largestNodeMemory;
  }

  /**
   * Tells how long a job may run that asks for no walltime. Jobs of this library always ask for
   * one.
   *
   * @return the walltime, or null if the scheduler does not tell
   */
  public @Nullable Duration getDefaultWalltime() {
    return defaultWalltime;
  }

  /**
   * Tells how many jobs run here, those of all users.
   *
   * @return the number of jobs, each task of an array counted as one, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getRunningJobs() {
    return runningJobs;
  }

  /**
   * Tells how many jobs wait here, those of all users.
   *
   * @return the number of jobs, each task of an array counted as one; a job that waits for any of
   *     several queues counts in each, or null if the scheduler does not tell
   */
  public @Nullable Integer getQueuedJobs() {
    return queuedJobs;
  }

  /**
   * Tells what a job may ask for here.
   *
   * @return the limits
   */
  public LargestJob getLargestJob() {
    return largestJob;
  }

  /**
   * Tells how much memory there is for each core of the node with the most memory.
   *
   * @return the memory in bytes, or null if the scheduler does not tell
   */
  public @Nullable Long getMemoryPerCore() {
    return largestNodeMemory == null || largestNodeCores == null || largestNodeCores == 0
        ? null
        : Long.valueOf(largestNodeMemory / largestNodeCores);
  }

  /** Collects the values of a {@link QueueSummary}. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private boolean defaultQueue;
    private boolean open = true;
    private boolean started = true;
    private @Nullable Integer totalCores;
    private @Nullable Integer freeCores;
    private @Nullable Integer largestNodeCores;
    private @Nullable Long largestNodeMemory;
    private @Nullable Duration defaultWalltime;
    private @Nullable Integer runningJobs;
    private @Nullable Integer queuedJobs;
    private LargestJob largestJob = LargestJob.builder().build();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Says whether jobs that name no queue come here.
     *
     * @param defaultQueue true if they do, or may
     * @return this builder
     */
    public Builder defaultQueue(boolean defaultQueue) {
      this.defaultQueue = defaultQueue;
      return this;
    }

    /**
     * Says whether the queue takes jobs; it does unless said otherwise.
     *
     * @param open true if jobs can be submitted to it
     * @return this builder
     */
    public Builder open(boolean open) {
      this.open = open;
      return this;
    }

    /**
     * Says whether the queue starts jobs at present; it does unless said otherwise.
     *
     * @param started false if they wait
     * @return this builder
     */
    public Builder started(boolean started) {
      this.started = started;
      return this;
    }

    /**
     * Says how many cores the nodes of the queue have.
     *
     * @param totalCores the number of cores, those of nodes that are down too, or null if the
     *     scheduler does not tell
     * @return this builder
     */
    public Builder totalCores(@Nullable Integer totalCores) {
      this.totalCores = totalCores;
      return this;
    }

    /**
     * Says how many cores wait for jobs.
     *
     * @param freeCores the number of cores that no job has, on nodes that can take jobs, or null if
     *     the scheduler does not tell
     * @return this builder
     */
    public Builder freeCores(@Nullable Integer freeCores) {
      this.freeCores = freeCores;
      return this;
    }

    /**
     * Says how many cores the largest node of the queue has.
     *
     * @param largestNodeCores the number of cores, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder largestNodeCores(@Nullable Integer largestNodeCores) {
      this.largestNodeCores = largestNodeCores;
      return this;
    }

    /**
     * Says how much memory the node of the queue with the most of it has.
     *
     * @param largestNodeMemory the memory in bytes, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder largestNodeMemory(@Nullable Long largestNodeMemory) {
      this.largestNodeMemory = largestNodeMemory;
      return this;
    }

    /**
     * Says how long a job may run that asks for no walltime.
     *
     * @param defaultWalltime the walltime, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder defaultWalltime(@Nullable Duration defaultWalltime) {
      this.defaultWalltime = defaultWalltime;
      return this;
    }

    /**
     * Says how many jobs run here.
     *
     * @param runningJobs the number of jobs, each task of an array counted as one, or null if the
     *     scheduler does not tell
     * @return this builder
     */
    public Builder runningJobs(@Nullable Integer runningJobs) {
      this.runningJobs = runningJobs;
      return this;
    }

    /**
     * Says how many jobs wait here.
     *
     * @param queuedJobs the number of jobs, each task of an array counted as one; a job that waits
     *     for any of several queues counts in each, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder queuedJobs(@Nullable Integer queuedJobs) {
      this.queuedJobs = queuedJobs;
      return this;
    }

    /**
     * Says what a job may ask for here.
     *
     * @param largestJob the limits
     * @return this builder
     */
    public Builder largestJob(LargestJob largestJob) {
      this.largestJob = largestJob;
      return this;
    }

    /**
     * Creates the description.
     *
     * @return the description
     */
    public QueueSummary build() {
      return new QueueSummary(this);
    }
  }
}
