package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;
import org.psij.executors.batch.ResourceDialect;

/**
 * The nodes and queues of Torque, as in pbsnodes(8) and qstat(1) of its manual, and of Slurm's
 * commands of that name. Which nodes a queue may use is not told: each is shown with all. Whether
 * two of the nodes that a job asks for may be one, and how memory is counted, is up to the
 * scheduler beside Torque: neither limits a job here.
 */
final class TorqueCluster implements ResourceDialect {
  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("pbsnodes", "-a"),
        List.of("qstat", "-Q", "-f"),
        List.of("qstat", "-B", "-f"),
        List.of("qstat"));
  }

  @Override
  public ResourceSummary.Builder parse(List<CommandResult> answers, String user) {
    requireAnswer(answers.get(0));
    requireAnswer(answers.get(1));
    List<TorqueNode> nodes =
        AttributeBlocks.read(answers.get(0).stdout()).stream().map(TorqueNode::new).toList();
    NodeSums all = new NodeSums();
    nodes.forEach(node -> node.addTo(all));
    JobCounts jobs = QstatCounts.read(answers.get(3), user);
    CommandResult server = answers.get(2); // of which Slurm's qstat knows nothing
    PbsQueues queues =
        new PbsQueues(
            server.exitCode() == 0 ? AttributeBlocks.read(server.stdout()) : List.of(),
            name -> all,
            sums -> sums.largestJob().nodes(null).memoryPerNode(null),
            jobs);
    ResourceSummary.Builder summary =
        all.tell(ResourceSummary.builder())
            .oneNodeUnlessAsked(true)
            .architectures(
                nodes.stream()
                    .map(TorqueNode::architecture)
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList())
            .queues(queues.describe(answers.get(1).stdout()));
    jobs.tell(summary);
    return summary;
  }

  private static void requireAnswer(CommandResult result) {
    if (result.exitCode() != 0 || Answers.isUnreachable(result)) {
      throw new CommandException("No server of the Torque family answered", result);
    }
  }

  @Override
  public Set<String> overridingOptions() {
    return Set.of("q", "l", "W");
  }
}
