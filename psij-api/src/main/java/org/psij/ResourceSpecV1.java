package org.psij;

import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resources as nodes, processes on them, and cores and memory for these (PSI/J: {@code
 * ResourceSpecV1}). Always {@code process_count = node_count * processes_per_node}: what is not
 * given is inferred, what contradicts is refused. Immutable.
 *
 * <table>
 *   <caption>What is inferred</caption>
 *   <tr><th>given</th><th>nodes</th><th>processes</th><th>per node</th></tr>
 *   <tr><td>nothing</td><td>1</td><td>1</td><td>1</td></tr>
 *   <tr><td>nodes n</td><td>n</td><td>n</td><td>1</td></tr>
 *   <tr><td>processes p</td><td>1</td><td>p</td><td>p</td></tr>
 *   <tr><td>per node k</td><td>1</td><td>k</td><td>k</td></tr>
 *   <tr><td>n and p</td><td>n</td><td>p</td><td>p / n</td></tr>
 *   <tr><td>n and k</td><td>n</td><td>n * k</td><td>k</td></tr>
 *   <tr><td>p and k</td><td>p / k</td><td>p</td><td>k</td></tr>
 * </table>
 */
public final class ResourceSpecV1 extends ResourceSpec {
  private final @Nullable Integer nodeCount;
  private final @Nullable Integer processCount;
  private final @Nullable Integer processesPerNode;
  private final @Nullable Integer cpuCoresPerProcess;
  private final @Nullable Integer gpuCoresPerProcess;
  private final @Nullable Boolean exclusiveNodeUse;
  private final @Nullable Long memory;
  private final int computedNodeCount;
  private final int computedProcessCount;

  private ResourceSpecV1(Builder builder) {
    nodeCount = FieldCheck.positive("resources.node_count", builder.nodeCount);
    processCount = FieldCheck.positive("resources.process_count", builder.processCount);
    processesPerNode =
        FieldCheck.positive("resources.processes_per_node", builder.processesPerNode);
    cpuCoresPerProcess =
        FieldCheck.positive("resources.cpu_cores_per_process", builder.cpuCoresPerProcess);
    gpuCoresPerProcess = notNegative(builder.gpuCoresPerProcess);
    exclusiveNodeUse = builder.exclusiveNodeUse;
    memory = builder.memory;
    if (memory != null && memory <= 0) {
      throw new InvalidJobException("resources.memory", "must be at least 1 byte, was " + memory);
    }
    computedNodeCount = inferNodeCount();
    computedProcessCount = inferProcessCount();
    if ((long) computedProcessCount != (long) computedNodeCount * getComputedProcessesPerNode()) {
      throw contradiction();
    }
  }

  private static @Nullable Integer notNegative(@Nullable Integer gpus) {
    if (gpus != null && gpus < 0) {
      throw new InvalidJobException(
          "resources.gpu_cores_per_process", "must not be negative, was " + gpus);
    }
    return gpus;
  }

  private int inferNodeCount() {
    if (nodeCount != null) {
      return nodeCount;
    }
    return processCount != null && processesPerNode != null
        ? Math.max(1, processCount / processesPerNode)
        : 1;
  }

  private int inferProcessCount() {
    if (processCount != null) {
      return processCount;
    }
    long processes = (long) computedNodeCount * (processesPerNode == null ? 1 : processesPerNode);
    if (processes > Integer.MAX_VALUE) {
      throw new InvalidJobException(
          "resources", "node_count * processes_per_node is too large: " + processes);
    }
    return (int) processes;
  }

  private InvalidJobException contradiction() {
    return new InvalidJobException(
        "resources",
        "process_count must equal node_count * processes_per_node, but process_count is "
            + given(processCount)
            + ", node_count is "
            + given(nodeCount)
            + " and processes_per_node is "
            + given(processesPerNode));
  }

  private static String given(@Nullable Integer value) {
    return value == null ? "not given" : value.toString();
  }

  /**
   * Reads an amount of memory as people write it: bytes ({@code 1048576}, {@code 1048576 B}), or a
   * number with one of {@code K}, {@code M}, {@code G}, {@code T}, {@code P}, {@code E}, alone or
   * followed by {@code B} or {@code iB}, in either case, with at most one space before it; the
   * number may have a fraction ({@code 2.5g}). All of these are powers of 1024, as sbatch(1) and
   * pbs_resources(7B) take them: {@code 4GB} is what {@code 4GiB} is, 4294967296 bytes. (In Grid
   * Engine's own options, small letters are powers of 1000.) Less than a byte is rounded up.
   *
   * @param memory the text
   * @return the memory in bytes, at least 1
   * @throws InvalidJobException if the text is in none of these forms, is zero, or is 8 EiB or more
   */
  public static long parseMemory(String memory) {
    return MemorySize.parse(memory);
  }

  /**
   * Starts a specification in which nothing is asked for.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts a specification with the values of this one.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.nodeCount = nodeCount;
    copy.processCount = processCount;
    copy.processesPerNode = processesPerNode;
    copy.cpuCoresPerProcess = cpuCoresPerProcess;
    copy.gpuCoresPerProcess = gpuCoresPerProcess;
    copy.exclusiveNodeUse = exclusiveNodeUse;
    copy.memory = memory;
    return copy;
  }

  @Override
  ResourceSpecV1 over(@Nullable ResourceSpec defaults) {
    if (!(defaults instanceof ResourceSpecV1 base)) {
      return this;
    }
    Builder merged = toBuilder();
    if (!areCountsGiven()) {
      merged.nodeCount = JobSpec.either(nodeCount, base.nodeCount);
      merged.processCount = JobSpec.either(processCount, base.processCount);
      merged.processesPerNode = JobSpec.either(processesPerNode, base.processesPerNode);
    }
    merged.cpuCoresPerProcess = JobSpec.either(cpuCoresPerProcess, base.cpuCoresPerProcess);
    merged.gpuCoresPerProcess = JobSpec.either(gpuCoresPerProcess, base.gpuCoresPerProcess);
    merged.exclusiveNodeUse = JobSpec.either(exclusiveNodeUse, base.exclusiveNodeUse);
    merged.memory = JobSpec.either(memory, base.memory);
    return merged.build();
  }

  /** Two counts settle the third. */
  private boolean areCountsGiven() {
    return Stream.of(nodeCount, processCount, processesPerNode).filter(Objects::nonNull).count()
        > 1;
  }

  /**
   * {@inheritDoc}
   *
   * @return 1
   */
  @Override
  public int getVersion() {
    return 1;
  }

  /**
   * Tells how many nodes were asked for.
   *
   * @return the number of nodes, or null if it was not given
   */
  public @Nullable Integer getNodeCount() {
    return nodeCount;
  }

  /**
   * Tells how many processes were asked for in all.
   *
   * @return the number of processes, or null if it was not given
   */
  public @Nullable Integer getProcessCount() {
    return processCount;
  }

  /**
   * Tells how many processes were asked for on each node.
   *
   * @return the number of processes, or null if it was not given
   */
  public @Nullable Integer getProcessesPerNode() {
    return processesPerNode;
  }

  /**
   * Tells how many CPU cores each process needs.
   *
   * @return the number of cores, or null if it was not given
   */
  public @Nullable Integer getCpuCoresPerProcess() {
    return cpuCoresPerProcess;
  }

  /**
   * Tells how many GPUs each process needs.
   *
   * @return the number of GPUs, or null if it was not given
   */
  public @Nullable Integer getGpuCoresPerProcess() {
    return gpuCoresPerProcess;
  }

  /**
   * Tells whether no other job may run on the nodes of this one.
   *
   * @return true if the nodes are not to be shared; false unless given
   */
  public boolean isExclusiveNodeUse() {
    return exclusiveNodeUse != null && exclusiveNodeUse;
  }

  /**
   * Tells how much memory the job needs in total, over all its processes and nodes.
   *
   * @return the memory in bytes, or null if it was not given
   */
  public @Nullable Long getMemory() {
    return memory;
  }

  /**
   * Tells how much memory the job needs in total, in KiB.
   *
   * @return {@link #getMemory()} divided by 1024 and rounded down, or null if it was not given
   */
  public @Nullable Long getMemoryKb() {
    return memory == null ? null : memory / 1024;
  }

  /**
   * Tells on how many nodes the job runs.
   *
   * @return the number of nodes, given or inferred
   */
  public int getComputedNodeCount() {
    return computedNodeCount;
  }

  /**
   * Tells how many processes the job has.
   *
   * @return the number of processes, given or inferred
   */
  public int getComputedProcessCount() {
    return computedProcessCount;
  }

  /**
   * Tells how many processes the job has on each node.
   *
   * @return the number of processes, given or inferred
   */
  public int getComputedProcessesPerNode() {
    return processesPerNode != null ? processesPerNode : computedProcessCount / computedNodeCount;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourceSpecV1 that
        && Objects.equals(nodeCount, that.nodeCount)
        && Objects.equals(processCount, that.processCount)
        && Objects.equals(processesPerNode, that.processesPerNode)
        && Objects.equals(cpuCoresPerProcess, that.cpuCoresPerProcess)
        && Objects.equals(gpuCoresPerProcess, that.gpuCoresPerProcess)
        && isExclusiveNodeUse() == that.isExclusiveNodeUse()
        && Objects.equals(memory, that.memory);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        nodeCount,
        processCount,
        processesPerNode,
        cpuCoresPerProcess,
        gpuCoresPerProcess,
        isExclusiveNodeUse(),
        memory);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "ResourceSpecV1[", "]");
    append(text, "nodeCount", nodeCount);
    append(text, "processCount", processCount);
    append(text, "processesPerNode", processesPerNode);
    append(text, "cpuCoresPerProcess", cpuCoresPerProcess);
    append(text, "gpuCoresPerProcess", gpuCoresPerProcess);
    append(text, "memory", memory);
    return text.add("exclusiveNodeUse=" + isExclusiveNodeUse()).toString();
  }

  private static void append(StringJoiner text, String name, @Nullable Number value) {
    if (value != null) {
      text.add(name + "=" + value);
    }
  }

  /** Collects the values of a {@link ResourceSpecV1}. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Integer nodeCount;
    private @Nullable Integer processCount;
    private @Nullable Integer processesPerNode;
    private @Nullable Integer cpuCoresPerProcess;
    private @Nullable Integer gpuCoresPerProcess;
    private @Nullable Boolean exclusiveNodeUse;
    private @Nullable Long memory;

    private Builder() {}

    /**
     * Asks for a number of nodes.
     *
     * @param nodes at least 1, or null to leave it open
     * @return this builder
     */
    public Builder nodeCount(@Nullable Integer nodes) {
      nodeCount = nodes;
      return this;
    }

    /**
     * Asks for a number of processes in all.
     *
     * @param processes at least 1, or null to leave it open
     * @return this builder
     */
    public Builder processCount(@Nullable Integer processes) {
      processCount = processes;
      return this;
    }

    /**
     * Asks for a number of processes on each node.
     *
     * @param processes at least 1, or null to leave it open
     * @return this builder
     */
    public Builder processesPerNode(@Nullable Integer processes) {
      processesPerNode = processes;
      return this;
    }

    /**
     * Asks for a number of CPU cores for each process.
     *
     * @param cores at least 1, or null to leave it open
     * @return this builder
     */
    public Builder cpuCoresPerProcess(@Nullable Integer cores) {
      cpuCoresPerProcess = cores;
      return this;
    }

    /**
     * Asks for a number of GPUs for each process.
     *
     * @param gpus 0 for none, or null to leave it open
     * @return this builder
     */
    public Builder gpuCoresPerProcess(@Nullable Integer gpus) {
      gpuCoresPerProcess = gpus;
      return this;
    }

    /**
     * Asks for nodes that no other job uses.
     *
     * @param exclusive true if the nodes are not to be shared
     * @return this builder
     */
    public Builder exclusiveNodeUse(boolean exclusive) {
      exclusiveNodeUse = exclusive;
      return this;
    }

    /**
     * Asks for an amount of memory for the job as a whole.
     *
     * @param bytes at least 1, or null to leave it open
     * @return this builder
     */
    public Builder memory(@Nullable Long bytes) {
      memory = bytes;
      return this;
    }

    /**
     * Creates the specification.
     *
     * @return the specification
     * @throws InvalidJobException if a count is zero or negative, or the counts contradict each
     *     other
     */
    public ResourceSpecV1 build() {
      return new ResourceSpecV1(this);
    }
  }
}
