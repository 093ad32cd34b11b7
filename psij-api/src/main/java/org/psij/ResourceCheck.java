package org.psij;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a job can ever run: one limit after the other leaves the queues that allow what
 * the job asks for, and the limit that leaves none is the one to be told. Not safe for use by
 * several threads.
 */
final class ResourceCheck {
  private static final Pattern NAME = Pattern.compile("[\\w.-]+");
  private static final int MOST_TOLD = 3;

  private final ResourceSummary summary;
  private final JobAttributes attributes;
  private final ResourceSpecV1 resources;
  private final List<String> named;

  /** Those of which all that has been looked at allows the job. */
  private List<QueueSummary> queues;

  ResourceCheck(ResourceSummary summary, JobSpec spec) {
    this.summary = summary;
    attributes = spec.getAttributes();
    resources =
        spec.getResources() instanceof ResourceSpecV1 given
            ? given
            : ResourceSpecV1.builder().build();
    String name = attributes.getQueueName();
    named = name == null ? List.of() : List.of(name.split(",", -1));
    queues = summary.getQueues();
  }

  void requireRunnable() {
    if (queues.isEmpty() || mayGoElsewhere()) {
      return;
    }
    queues = named.isEmpty() ? defaultQueues() : named.stream().map(this::known).toList();
    requireOpenQueue();
    requireWalltime();
    int together = processesOnOneNode();
    requireTogether(ResourceNeed.nodes(resources), LargestJob::getNodes, queue -> null);
    require(ResourceNeed.gpusPerNode(resources, together), LargestJob::getGpusPerNode);
    require(ResourceNeed.memory(resources), LargestJob::getMemory);
    require(
        ResourceNeed.memoryPerNode(resources, together),
        LargestJob::getMemoryPerNode,
        QueueSummary::getLargestNodeMemory);
    requireCores(ResourceNeed.coresOfProcess(resources), LargestJob::getCoresPerNode);
    requireCores(ResourceNeed.coresPerNode(resources, together), LargestJob::getCoresPerNode);
    requireCores(ResourceNeed.cores(resources), LargestJob::getCores);
  }

  /** A pattern, or a queue on a certain host, is not understood either. */
  private boolean mayGoElsewhere() {
    return (attributes.getReservationId() != null && named.isEmpty())
        || !named.stream().allMatch(name -> NAME.matcher(name).matches())
        || attributes.getCustomAttributes().keySet().stream().anyMatch(this::isOverriding);
  }

  private boolean isOverriding(String attribute) {
    int dot = Math.max(0, attribute.indexOf('.'));
    String name = attribute.substring(0, dot).toLowerCase(Locale.ROOT) + attribute.substring(dot);
    return summary.getOverridingAttributes().stream()
        .anyMatch(each -> name.equals(each) || name.startsWith(each + "."));
  }

  private List<QueueSummary> defaultQueues() {
    List<QueueSummary> defaults = queues.stream().filter(QueueSummary::isDefaultQueue).toList();
    return defaults.isEmpty() ? queues : defaults;
  }

  private QueueSummary known(String name) {
    QueueSummary queue = summary.getQueue(name);
    if (queue == null) {
      throw new InvalidJobException(
          "attributes.queue_name",
          "there is no queue '"
              + name
              + "'; there are "
              + summary.getQueues().stream()
                  .map(QueueSummary::getName)
                  .collect(Collectors.joining(", ")));
    }
    return queue;
  }

  private void requireOpenQueue() {
    keep(
        "attributes.queue_name",
        null,
        queue -> queue.isOpen() ? null : name(queue) + " takes no jobs");
  }

  private void requireWalltime() {
    Duration walltime = attributes.getDuration();
    keep(
        "attributes.duration",
        "a walltime of " + Walltime.format(walltime),
        queue -> {
          Duration longest = queue.getLargestJob().getWalltime();
          return longest == null || walltime.compareTo(longest) <= 0
              ? null
              : name(queue) + " allows " + Walltime.format(longest);
        });
  }

  /** How many processes are certain to share a node. */
  private int processesOnOneNode() {
    if (resources.getNodeCount() != null || resources.getProcessesPerNode() != null) {
      return resources.getComputedProcessesPerNode();
    }
    return summary.isOneNodeUnlessAsked() ? resources.getComputedProcessCount() : 1;
  }

  private void requireCores(ResourceNeed need, Function<LargestJob, @Nullable Number> limit) {
    requireTogether(need, limit, QueueSummary::getLargestNodeCores);
  }

  /** Where several queues may take the job, it may get cores and nodes of several at once. */
  private void requireTogether(
      @Nullable ResourceNeed need,
      Function<LargestJob, @Nullable Number> limit,
      Function<QueueSummary, @Nullable Number> largestNode) {
    if (need == null) {
      return;
    }
    if (queues.size() == 1 || (named.isEmpty() && queues.get(0).isDefaultQueue())) {
      require(need, limit, largestNode);
      return;
    }
    long sum = 0;
    for (QueueSummary queue : queues) {
      Number most = limit.apply(queue.getLargestJob());
      if (most == null) {
        return;
      }
      sum += most.longValue();
    }
    if (need.amount() > sum) {
      throw new InvalidJobException(
          need.field(),
          need.words() + ", but the queues that may take it allow " + sum + " together");
    }
  }

  private void require(@Nullable ResourceNeed need, Function<LargestJob, @Nullable Number> limit) {
    require(need, limit, queue -> null);
  }

  private void require(
      @Nullable ResourceNeed need,
      Function<LargestJob, @Nullable Number> limit,
      Function<QueueSummary, @Nullable Number> largestNode) {
    if (need != null) {
      keep(
          need.field(),
          need.words(),
          queue -> {
            Number most = limit.apply(queue.getLargestJob());
            if (most == null || need.amount() <= most.longValue()) {
              return null;
            }
            return most.equals(largestNode.apply(queue))
                ? "the largest node of " + name(queue) + " has " + most
                : name(queue) + " allows " + most;
          });
    }
  }

  private static String name(QueueSummary queue) {
    return "queue '" + queue.getName() + "'";
  }

  /** Keeps the queues that have no problem, of which there must be one. */
  private void keep(
      String field, @Nullable String asked, Function<QueueSummary, @Nullable String> problem) {
    List<QueueSummary> able =
        queues.stream().filter(queue -> problem.apply(queue) == null).toList();
    if (able.isEmpty()) {
      String problems =
          queues.stream().limit(MOST_TOLD).map(problem).collect(Collectors.joining(", "));
      throw new InvalidJobException(field, asked == null ? problems : asked + ", but " + problems);
    }
    queues = able;
  }
}
