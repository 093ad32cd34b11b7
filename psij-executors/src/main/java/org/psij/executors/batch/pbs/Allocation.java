package org.psij.executors.batch.pbs;

import org.jspecify.annotations.Nullable;
import org.psij.ResourceSpecV1;

/** What a job needs, in the way PBS counts: cores and memory of whole nodes. Immutable. */
final class Allocation {
  private static final long KIBIBYTE = 1024;

  private final ResourceSpecV1 resources;

  /**
   * Looks at resources.
   *
   * @param resources what the job needs
   */
  Allocation(ResourceSpecV1 resources) {
    this.resources = resources;
  }

  /**
   * Counts nodes.
   *
   * @return how many the job runs on
   */
  int nodes() {
    return resources.getComputedNodeCount();
  }

  /**
   * Counts processes.
   *
   * @return how many the job has
   */
  int processes() {
    return resources.getComputedProcessCount();
  }

  /**
   * Counts processes of a node.
   *
   * @return how many each has
   */
  int processesPerNode() {
    return resources.getComputedProcessesPerNode();
  }

  /**
   * Counts cores of a process.
   *
   * @return how many each needs, 1 unless given
   */
  int coresPerProcess() {
    Integer cores = resources.getCpuCoresPerProcess();
    return cores == null ? 1 : cores;
  }

  /**
   * Counts cores of a node.
   *
   * @return how many the processes on each need
   */
  long coresPerNode() {
    return (long) processesPerNode() * coresPerProcess();
  }

  /**
   * Counts GPUs of a node.
   *
   * @return how many the processes on each need, 0 unless given
   */
  long gpusPerNode() {
    Integer gpus = resources.getGpuCoresPerProcess();
    return gpus == null ? 0 : (long) processesPerNode() * gpus;
  }

  /**
   * Measures memory.
   *
   * @return what the job needs in all, rounded up and in PBS's form, or null if that is not given
   */
  @Nullable String memory() {
    Long bytes = resources.getMemory();
    return bytes == null ? null : kibibytes(bytes);
  }

  /**
   * Measures memory of a node.
   *
   * @return an equal part of what the job needs, rounded up and in PBS's form, or null if that is
   *     not given
   */
  @Nullable String memoryPerNode() {
    Long bytes = resources.getMemory();
    return bytes == null ? null : kibibytes(quotient(bytes, nodes()));
  }

  private static String kibibytes(long bytes) {
    return quotient(bytes, KIBIBYTE) + "kb";
  }

  private static long quotient(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
