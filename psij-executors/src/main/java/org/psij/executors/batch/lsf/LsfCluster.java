package org.psij.executors.batch.lsf;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;
import org.psij.executors.batch.ResourceDialect;

/**
 * The hosts and queues of LSF, by the manual pages bhosts(1), lshosts(1), bqueues(1) and bjobs(1).
 * Not yet run on a real LSF. The cores of a queue are slots. Of a queue that names a group of
 * hosts, neither cores nor limits by node are told, and no walltime where it is one for the speed
 * of a certain host.
 */
final class LsfCluster implements ResourceDialect {
  private static final int JOB_COLUMNS = 3;

  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("bhosts", "-w", "-X"),
        List.of("lshosts", "-w"),
        List.of("bqueues", "-l"),
        List.of("bjobs", "-u", "all", "-noheader", "-o", "stat queue user delimiter='|'"));
  }

  @Override
  public ResourceSummary.Builder parse(List<CommandResult> answers, String user) {
    answers.subList(0, 3).forEach(LsfCluster::requireAnswer);
    Map<String, LsfHost> hosts = LsfHost.parse(answers.get(0), answers.get(1));
    JobCounts jobs = jobs(answers.get(3), user);
    NodeSums cores = new NodeSums();
    hosts.values().forEach(host -> host.addCoresTo(cores));
    NodeSums slots = slots(hosts.values());
    ResourceSummary.Builder summary =
        ResourceSummary.builder()
            .oneNodeUnlessAsked(true)
            .architectures(
                hosts.values().stream()
                    .map(LsfHost::type)
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList())
            .totalCores(cores.cores())
            .freeCores(cores.freeCores())
            .totalSlots(slots.cores())
            .freeSlots(slots.freeCores())
            .totalMemory(cores.memory())
            .queues(
                BqueuesEntry.parse(answers.get(2).stdout()).stream()
                    .map(queue -> describe(queue, hosts, jobs))
                    .toList());
    jobs.tell(summary);
    return summary;
  }

  private static NodeSums slots(Collection<LsfHost> hosts) {
    NodeSums slots = new NodeSums();
    hosts.forEach(host -> host.addSlotsTo(slots));
    return slots;
  }

  private static QueueSummary describe(
      BqueuesEntry queue, Map<String, LsfHost> hosts, JobCounts jobs) {
    List<String> names = queue.hosts();
    boolean known = hosts.keySet().containsAll(names);
    NodeSums slots =
        slots(
            names.isEmpty()
                ? hosts.values()
                : names.stream().map(hosts::get).filter(Objects::nonNull).toList());
    LargestJob byHosts = known ? slots.largestJob().build() : LargestJob.builder().build();
    QueueSummary.Builder summary =
        QueueSummary.builder(queue.name())
            .defaultQueue(queue.isDefault())
            .open(queue.isOpen())
            .started(queue.isActive())
            .defaultWalltime(queue.defaultWalltime())
            .largestJob(
                LargestJob.builder()
                    .nodes(byHosts.getNodes())
                    .cores(NodeSums.smaller(byHosts.getCores(), queue.mostTasks()))
                    .coresPerNode(byHosts.getCoresPerNode())
                    .memoryPerNode(byHosts.getMemoryPerNode())
                    .walltime(queue.longestWalltime())
                    .build());
    if (known) {
      slots.tell(summary);
    }
    jobs.tell(queue.name(), summary);
    return summary.build();
  }

  private static JobCounts jobs(CommandResult result, String user) {
    JobCounts jobs = new JobCounts(user);
    if (result.exitCode() != 0 && !LsfAnswers.saysNoJob(result.stderr() + result.stdout())) {
      throw new CommandException("LSF did not list its jobs", result);
    }
    for (String line : result.wholeLines()) {
      String[] columns = line.strip().split("\\|", -1);
      if (columns.length == JOB_COLUMNS) {
        jobs.add(
            LsfStates.status(columns[0], null, null, null).build().state(),
            columns[2],
            List.of(columns[1]),
            1);
      }
    }
    return jobs;
  }

  private static void requireAnswer(CommandResult result) {
    if (result.exitCode() != 0) {
      throw new CommandException("LSF did not answer", result);
    }
  }

  @Override
  public Set<String> overridingOptions() {
    return Set.of("q", "W", "We", "n", "R", "M", "gpu", "app", "m", "clusters", "hostfile");
  }
}
