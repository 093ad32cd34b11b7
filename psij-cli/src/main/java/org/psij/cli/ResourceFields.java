package org.psij.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.LargestJob;
import org.psij.QueueSummary;
import org.psij.ResourceSummary;

/** Resources for machines: memory in bytes, times in seconds, null for what is not known. */
final class ResourceFields {
  private ResourceFields() {}

  static Map<String, @Nullable Object> of(ResourceSummary summary) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("time", summary.getTime().toString());
    fields.put("architectures", summary.getArchitectures());
    fields.put("total_cores", summary.getTotalCores());
    fields.put("free_cores", summary.getFreeCores());
    fields.put("total_slots", summary.getTotalSlots());
    fields.put("free_slots", summary.getFreeSlots());
    fields.put("total_memory", summary.getTotalMemory());
    fields.put("own_running_jobs", summary.getOwnRunningJobs());
    fields.put("own_queued_jobs", summary.getOwnQueuedJobs());
    fields.put("running_jobs", summary.getRunningJobs());
    fields.put("queued_jobs", summary.getQueuedJobs());
    fields.put("queues", summary.getQueues().stream().map(ResourceFields::of).toList());
    return fields;
  }

  private static Map<String, @Nullable Object> of(QueueSummary queue) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", queue.getName());
    fields.put("default_queue", queue.isDefaultQueue());
    fields.put("open", queue.isOpen());
    fields.put("started", queue.isStarted());
    fields.put("total_cores", queue.getTotalCores());
    fields.put("free_cores", queue.getFreeCores());
    fields.put("largest_node_cores", queue.getLargestNodeCores());
    fields.put("largest_node_memory", queue.getLargestNodeMemory());
    fields.put("memory_per_core", queue.getMemoryPerCore());
    fields.put("default_walltime", seconds(queue.getDefaultWalltime()));
    fields.put("running_jobs", queue.getRunningJobs());
    fields.put("queued_jobs", queue.getQueuedJobs());
    fields.put("largest_job", of(queue.getLargestJob()));
    return fields;
  }

  private static Map<String, @Nullable Object> of(LargestJob job) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("nodes", job.getNodes());
    fields.put("cores", job.getCores());
    fields.put("cores_per_node", job.getCoresPerNode());
    fields.put("gpus_per_node", job.getGpusPerNode());
    fields.put("memory", job.getMemory());
    fields.put("memory_per_node", job.getMemoryPerNode());
    fields.put("walltime", seconds(job.getWalltime()));
    return fields;
  }

  private static @Nullable Long seconds(@Nullable Duration time) {
    return time == null ? null : Long.valueOf(time.toSeconds());
  }
}
