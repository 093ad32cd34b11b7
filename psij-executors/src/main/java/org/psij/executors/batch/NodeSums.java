package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;

/**
 * Adds up what nodes have. A number that is not told for some nodes counts as far as it is told;
 * what limits a job is known only if it is told for all of them. Not safe for use by several
 * threads.
 */
public final class NodeSums {
  private int nodes;
  private final Amount cores = new Amount();
  private final Amount freeCores = new Amount();
  private final Amount memory = new Amount();
  private final Amount gpus = new Amount();

  private static final class Amount {
    private int told;
    private long sum;
    private long largest;

    void add(@Nullable Number amount) {
      if (amount != null) {
        told++;
        sum += amount.longValue();
        largest = Math.max(largest, amount.longValue());
      }
    }

    @Nullable Long sum() {
      return told == 0 ? null : sum;
    }

    @Nullable Long largest() {
      return told == 0 ? null : largest;
    }
  }

  /** Starts with no nodes. */
  public NodeSums() {}

  /**
   * Adds a node, or a queue's part of it.
   *
   * @param coresOfNode its cores, or null if nobody tells
   * @param freeCoresOfNode how many of them wait for jobs, or null if nobody tells
   * @param memoryOfNode its memory in bytes, or null if nobody tells
   * @param gpusOfNode its GPUs, or null if nobody tells
   */
  public void add(
      @Nullable Integer coresOfNode,
      @Nullable Integer freeCoresOfNode,
      @Nullable Long memoryOfNode,
      @Nullable Integer gpusOfNode) {
    nodes++;
    cores.add(coresOfNode);
    freeCores.add(freeCoresOfNode);
    memory.add(memoryOfNode);
    gpus.add(gpusOfNode);
  }

  /**
   * Counts the nodes.
   *
   * @return how many were added
   */
  public int nodes() {
    return nodes;
  }

  /**
   * Adds up the cores.
   *
   * @return their number, or null if nobody tells
   */
  public @Nullable Integer cores() {
    return integer(cores.sum());
  }

  /**
   * Adds up the cores that wait for jobs.
   *
   * @return their number, or null if it is not told for all nodes
   */
  public @Nullable Integer freeCores() {
    return freeCores.told < nodes ? null : integer(freeCores.sum);
  }

  /**
   * Adds up the memory.
   *
   * @return its bytes, or null if nobody tells
   */
  public @Nullable Long memory() {
    return memory.sum();
  }

  /**
   * Tells the sums of a queue.
   *
   * @param queue takes them
   */
  public void tell(QueueSummary.Builder queue) {
    queue
        .totalCores(cores())
        .freeCores(freeCores())
        .largestNodeCores(integer(cores.largest()))
        .largestNodeMemory(memory.largest());
  }

  /**
   * Tells the sums of a resource whose slots are its cores.
   *
   * @param summary takes them
   * @return the same builder
   */
  public ResourceSummary.Builder tell(ResourceSummary.Builder summary) {
    return summary
        .totalCores(cores())
        .freeCores(freeCores())
        .totalSlots(cores())
        .freeSlots(freeCores())
        .totalMemory(memory());
  }

  /**
   * Starts the description of the largest job that fits on these nodes.
   *
   * @return a builder with those limits that are told for all nodes
   */
  public LargestJob.Builder largestJob() {
    if (nodes == 0) {
      return LargestJob.builder(); // they may come when they are needed
    }
    return LargestJob.builder()
        .nodes(nodes)
        .cores(cores.told < nodes ? null : integer(cores.sum))
        .coresPerNode(cores.told < nodes ? null : integer(cores.largest))
        .memoryPerNode(memory.told < nodes ? null : Long.valueOf(memory.largest))
        .gpusPerNode(gpus.told < nodes ? null : integer(gpus.largest));
  }

  /**
   * Finds the smaller of two limits.
   *
   * @param <N> the type of number
   * @param one a limit, or null if there is none
   * @param other another limit, or null if there is none
   * @return the smaller one, or null if there is none
   */
  public static <N extends Comparable<N>> @Nullable N smaller(@Nullable N one, @Nullable N other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static @Nullable Integer integer(@Nullable Long number) {
    return number == null ? null : (int) Math.min(Integer.MAX_VALUE, number);
  }
}
