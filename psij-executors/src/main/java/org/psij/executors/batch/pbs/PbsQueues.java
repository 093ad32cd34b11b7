package org.psij.executors.batch.pbs;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;

/**
 * The queues of PBS and Torque with their limits, see pbs_queue_attributes(7B). A limit of the
 * server holds for queues that have none of their own.
 */
final class PbsQueues {
  private final AttributeBlocks.@Nullable Block server;
  private final Function<String, NodeSums> nodesOf;
  private final Function<NodeSums, LargestJob.Builder> limitsOf;
  private final JobCounts jobs;

  /**
   * Says where the limits come from.
   *
   * @param servers what is told about the server, if anything
   * @param nodesOf finds the nodes of a queue
   * @param limitsOf tells what nodes allow a job
   * @param jobs the jobs
   */
  PbsQueues(
      List<AttributeBlocks.Block> servers,
      Function<String, NodeSums> nodesOf,
      Function<NodeSums, LargestJob.Builder> limitsOf,
      JobCounts jobs) {
    this.server = servers.isEmpty() ? null : servers.get(0);
    this.nodesOf = nodesOf;
    this.limitsOf = limitsOf;
    this.jobs = jobs;
  }

  /** Describes the queues that {@code qstat -Q -f} has printed. */
  List<QueueSummary> describe(String output) {
    return AttributeBlocks.read(output).stream().map(this::queue).toList();
  }

  private QueueSummary queue(AttributeBlocks.Block block) {
    String name = block.name();
    boolean isRoute = block.text("queue_type", "").startsWith("R");
    NodeSums nodes = nodesOf.apply(name);
    LargestJob.Builder largest = isRoute ? LargestJob.builder() : limitsOf.apply(nodes);
    QueueSummary.Builder queue =
        QueueSummary.builder(name)
            .defaultQueue(server != null && name.equals(server.text("default_queue")))
            .open(block.isOn("enabled") && block.text("from_route_only", "False").startsWith("F"))
            .started(block.isOn("started"))
            .defaultWalltime(time(block, "resources_default.walltime"))
            .largestJob(limited(block, largest.build()));
    if (!isRoute) {
      nodes.tell(queue);
    }
    jobs.tell(name, queue);
    return queue.build();
  }

  private LargestJob limited(AttributeBlocks.Block block, LargestJob byNodes) {
    return LargestJob.builder()
        .nodes(NodeSums.smaller(byNodes.getNodes(), number(block, "resources_max.nodect")))
        .cores(NodeSums.smaller(byNodes.getCores(), number(block, "resources_max.ncpus")))
        .coresPerNode(byNodes.getCoresPerNode())
        .gpusPerNode(byNodes.getGpusPerNode())
        .memoryPerNode(byNodes.getMemoryPerNode())
        .memory(PbsValue.size(text(block, "resources_max.mem")))
        .walltime(time(block, "resources_max.walltime"))
        .build();
  }

  private @Nullable Integer number(AttributeBlocks.Block block, String attribute) {
    return PbsValue.number(text(block, attribute));
  }

  private @Nullable Duration time(AttributeBlocks.Block block, String attribute) {
    return PbsValue.time(text(block, attribute));
  }

  private @Nullable String text(AttributeBlocks.Block block, String attribute) {
    String text = block.text(attribute);
    return text == null && server != null ? server.text(attribute) : text;
  }
}
