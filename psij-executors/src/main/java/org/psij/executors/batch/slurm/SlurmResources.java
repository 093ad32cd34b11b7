package org.psij.executors.batch.slurm;

import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.Directives;

/** The resources of a job in the options of sbatch(1). */
final class SlurmResources {
  private static final long MEBIBYTE = 1L << 20;
  private static final long MOST_MEBIBYTES = Integer.MAX_VALUE;

  private final ResourceSpecV1 resources;

  SlurmResources(ResourceSpecV1 resources) {
    this.resources = resources;
  }

  /**
   * Tells whether it was said how the processes are to be spread over nodes; otherwise Slurm does
   * as it likes.
   *
   * @param resources what was asked for
   * @return true if the number of nodes, or of processes on each of them, was given
   */
  static boolean isPlaced(ResourceSpecV1 resources) {
    return resources.getNodeCount() != null || resources.getProcessesPerNode() != null;
  }

  void addTo(Directives directives) {
    if (isPlaced(resources)) {
      directives
          .add("nodes", resources.getComputedNodeCount())
          .add("ntasks", resources.getComputedProcessCount())
          .add("ntasks-per-node", resources.getComputedProcessesPerNode());
    } else if (resources.getProcessCount() != null || gpus() != null) {
      directives.add("ntasks", resources.getComputedProcessCount());
    }
    directives
        .add("cpus-per-task", resources.getCpuCoresPerProcess())
        .add("gpus-per-task", gpus())
        .addFlag("exclusive", resources.isExclusiveNodeUse());
    addMemory(directives);
  }

  /** An option of sbatch that counts GPUs by task is taken only together with {@code --ntasks}. */
  private @Nullable Integer gpus() {
    Integer gpus = resources.getGpuCoresPerProcess();
    return gpus == null || gpus == 0 ? null : gpus;
  }

  /** Memory is counted by node, or by CPU where the number of nodes is up to Slurm. */
  private void addMemory(Directives directives) {
    Long memory = resources.getMemory();
    if (memory == null) {
      return;
    }
    if (isPlaced(resources) || resources.getComputedProcessCount() == 1) {
      directives.add("mem", mebibytes(memory, resources.getComputedNodeCount()));
    } else {
      Integer cores = resources.getCpuCoresPerProcess();
      long cpus = (long) resources.getComputedProcessCount() * (cores == null ? 1 : cores);
      directives.add("mem-per-cpu", mebibytes(memory, cpus));
    }
  }

  private static String mebibytes(long bytes, long shares) {
    long share = roundedUp(roundedUp(bytes, MEBIBYTE), shares);
    if (share > MOST_MEBIBYTES) {
      throw new InvalidJobException(
          "resources.memory", "Slurm cannot count as much as " + bytes + " bytes");
    }
    return share + "M";
  }

  private static long roundedUp(long amount, long unit) {
    return (amount - 1) / unit + 1;
  }
}
