package org.psij;

import org.jspecify.annotations.Nullable;

/**
 * An amount that a job asks for.
 *
 * @param field the path of the field that asks for it
 * @param amount how much it is
 * @param words the same for people
 */
record ResourceNeed(String field, long amount, String words) {
  /** The nodes of a job. */
  static ResourceNeed nodes(ResourceSpecV1 resources) {
    int nodes = resources.getComputedNodeCount();
    return new ResourceNeed(
        resources.getNodeCount() == null ? "resources.process_count" : "resources.node_count",
        nodes,
        nodes + " nodes");
  }

  /** The cores of one process, which are on one node. */
  static ResourceNeed coresOfProcess(ResourceSpecV1 resources) {
    long cores = coresPerProcess(resources);
    return new ResourceNeed("resources.cpu_cores_per_process", cores, cores + " cores a process");
  }

  /** The cores on one node. */
  static ResourceNeed coresPerNode(ResourceSpecV1 resources, int processes) {
    long cores = coresPerProcess(resources) * processes;
    return new ResourceNeed(processesField(resources), cores, cores + " cores on a node");
  }

  /** The cores of a job. */
  static ResourceNeed cores(ResourceSpecV1 resources) {
    long cores = coresPerProcess(resources) * resources.getComputedProcessCount();
    String field =
        resources.getProcessCount() == null && resources.getNodeCount() != null
            ? "resources.node_count"
            : processesField(resources);
    return new ResourceNeed(field, cores, cores + " cores in all");
  }

  private static String processesField(ResourceSpecV1 resources) {
    if (resources.getProcessesPerNode() != null) {
      return "resources.processes_per_node";
    }
    return resources.getProcessCount() != null
        ? "resources.process_count"
        : "resources.cpu_cores_per_process";
  }

  private static long coresPerProcess(ResourceSpecV1 resources) {
    Integer cores = resources.getCpuCoresPerProcess();
    return cores == null ? 1 : cores;
  }

  /** The GPUs on one node, or null if there are none. */
  static @Nullable ResourceNeed gpusPerNode(ResourceSpecV1 resources, int processes) {
    Integer gpus = resources.getGpuCoresPerProcess();
    if (gpus == null || gpus == 0) {
      return null;
    }
    long all = (long) gpus * processes;
    return new ResourceNeed("resources.gpu_cores_per_process", all, all + " GPUs on a node");
  }

  /** The memory of a job, or null if it was not given. */
  static @Nullable ResourceNeed memory(ResourceSpecV1 resources) {
    Long memory = resources.getMemory();
    return memory == null
        ? null
        : new ResourceNeed("resources.memory", memory, memory + " bytes of memory in all");
  }

  /** The memory on one node, or null if it was not given. */
  static @Nullable ResourceNeed memoryPerNode(ResourceSpecV1 resources, int processes) {
    Long memory = resources.getMemory();
    if (memory == null) {
      return null;
    }
    double part = (double) processes / resources.getComputedProcessCount();
    long share = part >= 1 ? memory : (long) (memory * part);
    return new ResourceNeed("resources.memory", share, share + " bytes of memory on a node");
  }
}
