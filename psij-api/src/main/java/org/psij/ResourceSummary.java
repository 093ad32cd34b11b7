package org.psij;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler tells about its nodes, queues and jobs at one moment. What it does not tell is
 * null. Immutable.
 *
 * @see ResourceStatus
 */
public final class ResourceSummary {
  private final Instant time;
  private final List<String> architectures;
  private final @Nullable Integer totalCores;
  private final @Nullable Integer freeCores;
  private final @Nullable Integer totalSlots;
  private final @Nullable Integer freeSlots;
  private final @Nullable Long totalMemory;
  private final @Nullable Integer ownRunningJobs;
  private final @Nullable Integer ownQueuedJobs;
  private final @Nullable Integer runningJobs;
  private final @Nullable Integer queuedJobs;
  private final List<QueueSummary> queues;
  private final boolean oneNodeUnlessAsked;
  private final Set<String> overridingAttributes;

  private ResourceSummary(Builder builder) {
    time = builder.time;
    architectures = builder.architectures;
    totalCores = builder.totalCores;
    freeCores = builder.freeCores;
    totalSlots = builder.totalSlots;
    freeSlots = builder.freeSlots;
    totalMemory = builder.totalMemory;
    ownRunningJobs = builder.ownRunningJobs;
    ownQueuedJobs = builder.ownQueuedJobs;
    runningJobs = builder.runningJobs;
    queuedJobs = builder.queuedJobs;
    queues = builder.queues;
    oneNodeUnlessAsked = builder.oneNodeUnlessAsked;
    overridingAttributes = builder.overridingAttributes;
  }

  /**
   * Starts the description of a resource of which nothing is known.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells when the scheduler was asked.
   *
   * @return the time
   */
  public Instant getTime() {
    return time;
  }

  /**
   * Tells what the nodes are, in the words of the scheduler, such as {@code x86_64}.
   *
   * @return the architectures, each once, in alphabetical order; empty if the scheduler does not
   *     tell; cannot be modified
   */
  public List<String> getArchitectures() {
    return architectures;
  }

  /**
   * Tells how many cores there are.
   *
   * @return the number of cores, each counted once, those of nodes that are down too, or null if
   *     the scheduler does not tell
   */
  public @Nullable Integer getTotalCores() {
    return totalCores;
  }

  /**
   * Tells how many cores no job has.
   *
   * @return the number of cores on nodes that can take jobs, or null if the scheduler does not tell
   */
  public @Nullable Integer getFreeCores() {
    return freeCores;
  }

  /**
   * Tells how many slots there are. A job takes a slot for each core; Grid Engine and LSF may be
   * configured with more or fewer slots than cores, elsewhere a slot is a core.
   *
   * @return the number of slots, or null if the scheduler does not tell
   */
  public @Nullable Integer getTotalSlots() {
    return totalSlots;
  }

  /**
   * Tells how many slots no job has.
   *
   * @return the number of slots on nodes that can take jobs, or null if the scheduler does not tell
   */
  public @Nullable Integer getFreeSlots() {
    return freeSlots;
  }

  /**
   * Tells how much memory the nodes have, all together.
   *
   * @return the memory in bytes, or null if the scheduler does not tell
   */
  public @Nullable Long getTotalMemory() {
    return totalMemory;
  }

  /**
   * Tells how many jobs of this user run.
   *
   * @return the number of jobs, each task of an array counted as one, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getOwnRunningJobs() {
    return ownRunningJobs;
  }

  /**
   * Tells how many jobs of this user wait, held ones too.
   *
   * @return the number of jobs, each task of an array counted as one, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getOwnQueuedJobs() {
    return ownQueuedJobs;
  }

  /**
   * Tells how many jobs of all users run.
   *
   * @return the number of jobs, each task of an array counted as one, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getRunningJobs() {
    return runningJobs;
  }

  /**
   * Tells how many jobs of all users wait, held ones too.
   *
   * @return the number of jobs, each task of an array counted as one, or null if the scheduler does
   *     not tell
   */
  public @Nullable Integer getQueuedJobs() {
    return queuedJobs;
  }

  /**
   * Tells about each queue.
   *
   * @return the queues in the order of the scheduler; none if there are none, as on this machine;
   *     cannot be modified
   */
  public List<QueueSummary> getQueues() {
    return queues;
  }

  /**
   * Tells where the processes of a job are that says neither how many nodes it needs nor how many
   * processes each of them has.
   *
   * @return true if they are on one node; false if the scheduler may spread them, or nobody knows
   */
  public boolean isOneNodeUnlessAsked() {
    return oneNodeUnlessAsked;
  }

  /**
   * Names the custom attributes by which a job may get something else than its other fields ask
   * for, such as {@code slurm.partition}. A job with one of them, or with one that begins with such
   * a name and a dot, is not judged.
   *
   * @return the names; cannot be modified
   */
  public Set<String> getOverridingAttributes() {
    return overridingAttributes;
  }

  /**
   * Finds a queue.
   *
   * @param name its name
   * @return the queue, or null if there is none of that name
   */
  public @Nullable QueueSummary getQueue(String name) {
    return queues.stream().filter(queue -> queue.getName().equals(name)).findFirst().orElse(null);
  }

  /**
   * Refuses a job that none of the queues that it may go to can ever run. A limit that is not known
   * refuses nothing, and neither does the present load. A job that passes may still be refused by
   * the scheduler, which has rules of its own for users and accounts.
   *
   * <p>Nothing is refused where there are no queues, and if a custom attribute or a reservation may
   * change where the job goes (see {@link #getOverridingAttributes}).
   *
   * @param spec the job
   * @throws InvalidJobException if it asks for more than there is, with the path of the field and
   *     the limit; or if it names a queue that is unknown, or takes no jobs
   */
  public void requireRunnable(JobSpec spec) {
    new ResourceCheck(this, spec).requireRunnable();
  }

  /** Collects the values of a {@link ResourceSummary}. Not safe for use by several threads. */
  public static final class Builder {
    private Instant time = Instant.now();
    private List<String> architectures = List.of();
    private @Nullable Integer totalCores;
    private @Nullable Integer freeCores;
    private @Nullable Integer totalSlots;
    private @Nullable Integer freeSlots;
    private @Nullable Long totalMemory;
    private @Nullable Integer ownRunningJobs;
    private @Nullable Integer ownQueuedJobs;
    private @Nullable Integer runningJobs;
    private @Nullable Integer queuedJobs;
    private List<QueueSummary> queues = List.of();
    private boolean oneNodeUnlessAsked;
    private Set<String> overridingAttributes = Set.of();

    private Builder() {}

    /**
     * Says when the scheduler was asked; now unless said otherwise.
     *
     * @param time the time
     * @return this builder
     */
    public Builder time(Instant time) {
      this.time = time;
      return this;
    }

    /**
     * Says what the nodes are.
     *
     * @param architectures the architectures, each once
     * @return this builder
     */
    public Builder architectures(Collection<String> architectures) {
      this.architectures = List.copyOf(architectures);
      return this;
    }

    /**
     * Says how many cores there are.
     *
     * @param totalCores the number of cores, each counted once, those of nodes that are down too,
     *     or null if the scheduler does not tell
     * @return this builder
     */
    public Builder totalCores(@Nullable Integer totalCores) {
      this.totalCores = totalCores;
      return this;
    }

    /**
     * Says how many cores no job has.
     *
     * @param freeCores the number of cores on nodes that can take jobs, or null if the scheduler
     *     does not tell
     * @return this builder
     */
    public Builder freeCores(@Nullable Integer freeCores) {
      this.freeCores = freeCores;
      return this;
    }

    /**
     * Says how many slots there are.
     *
     * @param totalSlots the number of slots, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder totalSlots(@Nullable Integer totalSlots) {
      this.totalSlots = totalSlots;
      return this;
    }

    /**
     * Says how many slots no job has.
     *
     * @param freeSlots the number of slots on nodes that can take jobs, or null if the scheduler
     *     does not tell
     * @return this builder
     */
    public Builder freeSlots(@Nullable Integer freeSlots) {
      this.freeSlots = freeSlots;
      return this;
    }

    /**
     * Says how much memory the nodes have.
     *
     * @param totalMemory the memory in bytes, or null if the scheduler does not tell
     * @return this builder
     */
    public Builder totalMemory(@Nullable Long totalMemory) {
      this.totalMemory = totalMemory;
      return this;
    }

    /**
     * Says how many jobs of this user run.
     *
     * @param ownRunningJobs the number of jobs, each task of an array counted as one, or null if
     *     the scheduler does not tell
     * @return this builder
     */
    public Builder ownRunningJobs(@Nullable Integer ownRunningJobs) {
      this.ownRunningJobs = ownRunningJobs;
      return this;
    }

    /**
     * Says how many jobs of this user wait.
     *
     * @param ownQueuedJobs the number of jobs, each task of an array counted as one, or null if the
     *     scheduler does not tell
     * @return this builder
     */
    public Builder ownQueuedJobs(@Nullable Integer ownQueuedJobs) {
      this.ownQueuedJobs = ownQueuedJobs;
      return this;
    }

    /**
     * Says how many jobs of all users run.
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
     * Says how many jobs of all users wait.
     *
     * @param queuedJobs the number of jobs, each task of an array counted as one, or null if the
     *     scheduler does not tell
     * @return this builder
     */
    public Builder queuedJobs(@Nullable Integer queuedJobs) {
      this.queuedJobs = queuedJobs;
      return this;
    }

    /**
     * Says which queues there are.
     *
     * @param queues all queues
     * @return this builder
     */
    public Builder queues(Collection<QueueSummary> queues) {
      this.queues = List.copyOf(queues);
      return this;
    }

    /**
     * Says where the processes of a job are that does not say how many nodes it needs.
     *
     * @param oneNodeUnlessAsked true if they are on one node
     * @return this builder
     */
    public Builder oneNodeUnlessAsked(boolean oneNodeUnlessAsked) {
      this.oneNodeUnlessAsked = oneNodeUnlessAsked;
      return this;
    }

    /**
     * Names the custom attributes by which a job may get something else than its other fields ask
     * for.
     *
     * @param overridingAttributes the names
     * @return this builder
     */
    public Builder overridingAttributes(Collection<String> overridingAttributes) {
      this.overridingAttributes = Set.copyOf(overridingAttributes);
      return this;
    }

    /**
     * Creates the description.
     *
     * @return the description
     */
    public ResourceSummary build() {
      return new ResourceSummary(this);
    }
  }
}
