package org.psij;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The largest job that a queue can ever run: beyond any of these numbers a job would wait for ever,
 * or be refused. Cores are counted as the scheduler counts them: CPUs of Slurm, slots of Grid
 * Engine and LSF. Immutable.
 *
 * @see QueueSummary#getLargestJob
 */
public final class LargestJob {
  private final @Nullable Integer nodes;
  private final @Nullable Integer cores;
  private final @Nullable Integer coresPerNode;
  private final @Nullable Integer gpusPerNode;
  private final @Nullable Long memory;
  private final @Nullable Long memoryPerNode;
  private final @Nullable Duration walltime;

  private LargestJob(Builder builder) {
    nodes = builder.nodes;
    cores = builder.cores;
    coresPerNode = builder.coresPerNode;
    gpusPerNode = builder.gpusPerNode;
    memory = builder.memory;
    memoryPerNode = builder.memoryPerNode;
    walltime = builder.walltime;
  }

  /**
   * Starts with no limit.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells on how many nodes a job may run.
   *
   * @return the number of nodes, or null if there is no limit, or none is known
   */
  public @Nullable Integer getNodes() {
    return nodes;
  }

  /**
   * Tells how many cores a job may have in all.
   *
   * @return the number of cores, or null if there is no limit, or none is known
   */
  public @Nullable Integer getCores() {
    return cores;
  }

  /**
   * Tells how many cores a job may have on one node.
   *
   * @return the number of cores, or null if there is no limit, or none is known
   */
  public @Nullable Integer getCoresPerNode() {
    return coresPerNode;
  }

  /**
   * Tells how many GPUs a job may have on one node.
   *
   * @return the number of GPUs, or null if there is no limit, or none is known
   */
  public @Nullable Integer getGpusPerNode() {
    return gpusPerNode;
  }

  /**
   * Tells how much memory a job may have in all.
   *
   * @return the memory in bytes, or null if there is no limit, or none is known
   */
  public @Nullable Long getMemory() {
    return memory;
  }

  /**
   * Tells how much memory a job may have on one node.
   *
   * @return the memory in bytes, or null if there is no limit, or none is known
   */
  public @Nullable Long getMemoryPerNode() {
    return memoryPerNode;
  }

  /**
   * Tells how long a job may run.
   *
   * @return the walltime, or null if there is no limit, or none is known
   */
  public @Nullable Duration getWalltime() {
    return walltime;
  }

  /** Collects the values of a {@link LargestJob}. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Integer nodes;
    private @Nullable Integer cores;
    private @Nullable Integer coresPerNode;
    private @Nullable Integer gpusPerNode;
    private @Nullable Long memory;
    private @Nullable Long memoryPerNode;
    private @Nullable Duration walltime;

    private Builder() {}

    /**
     * Limits the nodes of a job.
     *
     * @param nodes the number of nodes, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder nodes(@Nullable Integer nodes) {
      this.nodes = nodes;
      return this;
    }

    /**
     * Limits the cores of a job, over all its nodes.
     *
     * @param cores the number of cores, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder cores(@Nullable Integer cores) {
      this.cores = cores;
      return this;
    }

    /**
     * Limits the cores of a job on one node.
     *
     * @param coresPerNode the number of cores, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder coresPerNode(@Nullable Integer coresPerNode) {
      this.coresPerNode = coresPerNode;
      return this;
    }

    /**
     * Limits the GPUs of a job on one node.
     *
     * @param gpusPerNode the number of GPUs, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder gpusPerNode(@Nullable Integer gpusPerNode) {
      this.gpusPerNode = gpusPerNode;
      return this;
    }

    /**
     * Limits the memory of a job, over all its nodes.
     *
     * @param memory the memory in bytes, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder memory(@Nullable Long memory) {
      this.memory = memory;
      return this;
    }

    /**
     * Limits the memory of a job on one node.
     *
     * @param memoryPerNode the memory in bytes, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder memoryPerNode(@Nullable Long memoryPerNode) {
      this.memoryPerNode = memoryPerNode;
      return this;
    }

    /**
     * Limits the walltime of a job.
     *
     * @param walltime the walltime, or null if there is no limit, or none is known
     * @return this builder
     */
    public Builder walltime(@Nullable Duration walltime) {
      this.walltime = walltime;
      return this;
    }

    /**
     * Creates the description.
     *
     * @return the description
     */
    public LargestJob build() {
      return new LargestJob(this);
    }
  }
}
