package org.psij.executors.batch.gridengine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;
import org.psij.executors.batch.NodeSums;
import org.psij.executors.batch.ResourceDialect;

/**
 * The hosts and queues of Grid Engine, after qhost(1) and queue_conf(5), and the jobs of qstat(1).
 * The cores of a queue are its slots, as many as the administrator has given it, each of which
 * counts once; those of a host are its processors, and free if no slot on the host stands against
 * them. Which queue a waiting job goes to is not known before it runs. There is no default queue; a
 * job that names none can get slots of several.
 *
 * <p>Nothing is said about the largest memory of a job: {@code mem_free} is a value of each host,
 * or counted by the slot, as the administrator likes.
 */
final class GridEngineCluster implements ResourceDialect {
  private static final List<String> FIELDS = List.of("JB_owner", "state", "tasks", "queue_name");
  private static final String ROW_START = "<job_list";
  private static final String ROW_END = "</job_list>";

  @Override
  public List<List<String>> commands() {
    return List.of(
        List.of("qhost", "-q", "-F", "mem_total", "-xml"),
        List.of("qconf", "-sq", "*"),
        List.of("qstat", "-u", "*", "-s", "prs", "-xml"));
  }

  @Override
  public ResourceSummary.Builder parse(List<CommandResult> answers, String user) {
    List<QhostListing.Host> hosts = QhostListing.parse(answers.get(0));
    JobCounts jobs = jobs(answers.get(2), user);
    NodeSums processors = new NodeSums();
    NodeSums slots = new NodeSums();
    Map<String, NodeSums> queues = new LinkedHashMap<>();
    for (QhostListing.Host host : hosts) {
      processors.add(host.processors(), freeProcessors(host), host.memory(), null);
      for (String queue : host.queues()) {
        NodeSums own = queues.computeIfAbsent(queue, added -> new NodeSums());
        own.add(host.slots(queue), freeSlots(host, queue), host.memory(), null);
        slots.add(host.slots(queue), freeSlots(host, queue), null, null);
      }
    }
    ResourceSummary.Builder summary =
        ResourceSummary.builder()
            .oneNodeUnlessAsked(true)
            .architectures(
                hosts.stream()
                    .map(QhostListing.Host::architecture)
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList())
            .totalCores(processors.cores())
            .freeCores(processors.freeCores())
            .totalMemory(processors.memory())
            .totalSlots(slots.cores())
            .freeSlots(slots.freeCores())
            .queues(
                QueueConfiguration.parse(answers.get(1)).stream()
                    .map(queue -> queue(queue, queues, hosts, jobs))
                    .toList());
    jobs.tell(summary);
    return summary;
  }

  private static @Nullable Integer freeProcessors(QhostListing.Host host) {
    Integer processors = host.processors();
    int used = 0;
    boolean usable = false;
    for (String queue : host.queues()) {
      used += host.used(queue);
      usable |= host.isUsable(queue);
    }
    return !usable
        ? Integer.valueOf(0)
        : processors == null ? null : Math.max(0, processors - used);
  }

  private static @Nullable Integer freeSlots(QhostListing.Host host, String queue) {
    Integer slots = host.slots(queue);
    if (slots == null) {
      return null;
    }
    return host.isUsable(queue) ? Math.max(0, slots - host.used(queue)) : 0;
  }

  private static QueueSummary queue(
      QueueConfiguration configuration,
      Map<String, NodeSums> queues,
      List<QhostListing.Host> hosts,
      JobCounts jobs) {
    String name = configuration.name();
    NodeSums nodes = queues.getOrDefault(name, new NodeSums());
    QueueSummary.Builder queue =
        QueueSummary.builder(name)
            .open(configuration.takesBatchJobs())
            .started(hosts.stream().anyMatch(host -> has(host, name) && host.isUsable(name)))
            .largestJob(
                nodes
                    .largestJob()
                    .memoryPerNode(null)
                    .walltime(configuration.longestWalltime())
                    .build());
    nodes.tell(queue);
    jobs.tell(name, queue);
    return queue.queuedJobs(null).build();
  }

  private static boolean has(QhostListing.Host host, String queue) {
    return host.slots(queue) != null;
  }

  private static JobCounts jobs(CommandResult result, String user) {
    String document = result.stdout();
    if (result.exitCode() != 0 || !document.contains("<job_info")) {
      throw new CommandException("Grid Engine did not list its jobs", result);
    }
    JobCounts jobs = new JobCounts(user);
    int start = document.indexOf(ROW_START);
    while (start >= 0) {
      int end = document.indexOf(ROW_END, start);
      XmlRow row = end < 0 ? null : XmlRow.parse(document, start, end, FIELDS);
      if (row != null) {
        count(row, jobs);
      }
      start = document.indexOf(ROW_START, start + 1);
    }
    return jobs;
  }

  private static void count(XmlRow row, JobCounts jobs) {
    String instance = row.text(3);
    List<String> queues =
        instance.isEmpty() ? List.of() : List.of(instance.replaceFirst("@.*", ""));
    List<Integer> tasks = TaskList.parse(row.text(2), 0);
    jobs.add(
        StateLetters.interpret("", row.text(1)).state(),
        row.text(0),
        queues,
        tasks == null ? 1 : tasks.size());
  }

  @Override
  public Set<String> overridingOptions() {
    return Set.of("q", "masterq", "pe", "l", "ar");
  }
}
