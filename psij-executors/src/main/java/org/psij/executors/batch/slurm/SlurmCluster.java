package org.psij.executors.batch.slurm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;
import org.psij.executors.batch.ResourceDialect;

/**
 * The nodes and partitions of Slurm, as scontrol(1) describes them, and the jobs of squeue(1). A
 * core is what Slurm calls a CPU. Partitions overlap; each node counts once.
 */
final class SlurmCluster implements ResourceDialect {
  private static final int JOB_COLUMNS = 3;

  private static final Set<String> LETTERS = Set.of("p", "q", "t", "N", "n", "c", "G", "O", "S");

  private static final List<String> LONG_NAMES =
      List.of(
          "partition",
          "qos",
          "time",
          "time-min",
          "nodes",
          "ntasks",
          "ntasks-per-node",
          "tasks-per-node",
          "cpus-per-task",
          "cpus-per-gpu",
          "mem",
          "mem-per-cpu",
          "mem-per-gpu",
          "gpus",
          "gpus-per-node",
          "gpus-per-task",
          "gres",
          "overcommit",
          "core-spec",
          "thread-spec");

  /** sbatch takes the beginnings of long names, and underscores for dashes. */
  private static final Set<String> OVERRIDING =
      Stream.concat(
              LETTERS.stream(),
              LONG_NAMES.stream()
                  .flatMap(
                      name ->
                          IntStream.rangeClosed(2, name.length())
                              .mapToObj(end -> name.substring(0, end))
                              .flatMap(part -> Stream.of(part, part.replace('-', '_')))))
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("scontrol", "--all", "--oneliner", "show", "partition"),
        List.of("scontrol", "--all", "--oneliner", "show", "node"),
        List.of("squeue", "--noheader", "--all", "--array", "--format=%T|%P|%u"));
  }

  @Override
  public ResourceSummary.Builder parse(List<CommandResult> answers, String user) {
    answers.forEach(SlurmCluster::requireAnswer);
    ResourceSummary.Builder summary = ResourceSummary.builder();
    JobCounts jobs = jobs(answers.get(2), user);
    jobs.tell(summary);
    List<SlurmNode> nodes =
        answers.get(1).wholeLines().stream()
            .map(SlurmNode::parse)
            .filter(Objects::nonNull)
            .toList();
    NodeSums all = new NodeSums();
    Map<String, NodeSums> partitions = new LinkedHashMap<>();
    for (SlurmNode node : nodes) {
      node.addTo(all);
      for (String partition : node.partitions()) {
        node.addTo(partitions.computeIfAbsent(partition, added -> new NodeSums()));
      }
    }
    return all.tell(summary)
        .architectures(
            nodes.stream()
                .map(SlurmNode::architecture)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList())
        .queues(
            answers.get(0).wholeLines().stream()
                .map(ScontrolRecord::new)
                .map(partition -> queue(partition, partitions, jobs))
                .filter(Objects::nonNull)
                .toList());
  }

  private static void requireAnswer(CommandResult result) {
    if (result.exitCode() != 0 || SlurmComplaint.isUnreachable(result)) {
      throw new CommandException("Slurm did not answer", result);
    }
  }

  private static JobCounts jobs(CommandResult result, String user) {
    JobCounts jobs = new JobCounts(user);
    for (String line : result.wholeLines()) {
      String[] columns = line.split("\\|", JOB_COLUMNS);
      if (columns.length == JOB_COLUMNS) {
        jobs.add(
            SlurmState.of(columns[0].strip()).state(),
            columns[2].strip(),
            List.of(columns[1].strip().split(",", -1)),
            1);
      }
    }
    return jobs;
  }

  private static @Nullable QueueSummary queue(
      ScontrolRecord partition, Map<String, NodeSums> partitions, JobCounts jobs) {
    String name = partition.text("PartitionName");
    if (name == null) {
      return null;
    }
    NodeSums nodes = partitions.getOrDefault(name, new NodeSums());
    String state = String.valueOf(partition.text("State"));
    Duration longest = partition.time("MaxTime");
    QueueSummary.Builder queue =
        QueueSummary.builder(name)
            .defaultQueue("YES".equals(partition.text("Default")))
            .open(!Set.of("DRAIN", "INACTIVE").contains(state))
            .started(!Set.of("DOWN", "INACTIVE").contains(state))
            .defaultWalltime(partition.time("DefaultTime"))
            .largestJob(largestJob(partition, nodes, longest));
    nodes.tell(queue);
    jobs.tell(name, queue);
    return queue.build();
  }

  private static LargestJob largestJob(
      ScontrolRecord partition, NodeSums nodes, @Nullable Duration longest) {
    LargestJob byNodes = nodes.largestJob().build();
    return nodes
        .largestJob()
        .nodes(NodeSums.smaller(byNodes.getNodes(), partition.number("MaxNodes")))
        .coresPerNode(
            NodeSums.smaller(byNodes.getCoresPerNode(), partition.number("MaxCPUsPerNode")))
        .memoryPerNode(
            NodeSums.smaller(byNodes.getMemoryPerNode(), partition.memory("MaxMemPerNode")))
        .walltime(longest)
        .build();
  }

  @Override
  public Set<String> overridingOptions() {
    return OVERRIDING;
  }
}
