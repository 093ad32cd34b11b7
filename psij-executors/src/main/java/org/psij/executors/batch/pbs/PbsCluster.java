package org.psij.executors.batch.pbs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;
import org.psij.executors.batch.ResourceDialect;

/**
 * The vnodes and queues of OpenPBS, after pbsnodes(8B) and qstat(1B). A chunk of a job may take
 * several vnodes of one host, so a node is a host here. A queue that vnodes are associated with has
 * these alone, and the others share the rest. The limits of a queue that only routes are those that
 * it names itself.
 */
final class PbsCluster implements ResourceDialect {
  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("pbsnodes", "-a"),
        List.of("qstat", "-Q", "-f"),
        List.of("qstat", "-B", "-f"),
        List.of("qstat", "-t"));
  }

  @Override
  public ResourceSummary.Builder parse(List<CommandResult> answers, String user) {
    answers.forEach(PbsCluster::requireAnswer);
    List<AttributeBlocks.Block> vnodes = AttributeBlocks.read(answers.get(0).stdout());
    Map<String, PbsHost> byName = new LinkedHashMap<>();
    for (AttributeBlocks.Block vnode : vnodes) {
      String host = vnode.text("resources_available.host", vnode.name());
      byName.computeIfAbsent(host, added -> new PbsHost()).add(vnode);
    }
    Collection<PbsHost> hosts = byName.values();
    NodeSums all = sums(hosts);
    JobCounts jobs = QstatCounts.read(answers.get(3), user);
    PbsQueues queues =
        new PbsQueues(
            AttributeBlocks.read(answers.get(2).stdout()),
            name -> nodesOf(name, hosts),
            NodeSums::largestJob,
            jobs);
    ResourceSummary.Builder summary =
        all.tell(ResourceSummary.builder())
            .oneNodeUnlessAsked(true)
            .architectures(
                vnodes.stream()
                    .map(vnode -> vnode.text("resources_available.arch"))
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList())
            .queues(queues.describe(answers.get(1).stdout()));
    jobs.tell(summary);
    return summary;
  }

  private static NodeSums nodesOf(String queue, Collection<PbsHost> hosts) {
    List<PbsHost> own = hosts.stream().filter(host -> queue.equals(host.queue())).toList();
    return sums(own.isEmpty() ? hosts.stream().filter(host -> host.queue() == null).toList() : own);
  }

  private static NodeSums sums(Collection<PbsHost> hosts) {
    boolean countsGpus = hosts.stream().anyMatch(PbsHost::hasGpus);
    NodeSums sums = new NodeSums();
    hosts.forEach(host -> host.addTo(sums, countsGpus));
    return sums;
  }

  private static void requireAnswer(CommandResult result) {
    if (result.exitCode() != 0 || Answers.isUnreachable(result)) {
      throw new CommandException("PBS did not answer", result);
    }
  }

  @Override
  public Set<String> overridingOptions() {
    return Set.of("q", "l");
  }
}
