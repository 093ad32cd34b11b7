package org.psij.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;

/** A queue for machines: a list in which each job is on a line of its own. */
final class QueueJson {
  private QueueJson() {}

  static void print(Stream<QueuedJob> jobs, PrintWriter out) {
    out.print("[");
    Iterator<QueuedJob> rest = jobs.iterator();
    while (rest.hasNext()) {
      out.print(JsonText.of(fields(rest.next())));
      out.print(rest.hasNext() ? ",\n" : "");
    }
    out.println("]");
  }

  private static Map<String, @Nullable Object> fields(QueuedJob job) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("native_id", job.getNativeId());
    fields.put("name", job.getName());
    fields.put("user", job.getUser());
    fields.put("queues", job.getQueues());
    fields.put("state", job.getState() == null ? null : job.getState().name());
    fields.put("native_state", job.getNativeState());
    fields.put("nodes", job.getNodes());
    fields.put("node_count", job.getNodeCount());
    fields.put("cpus_per_node", job.getCpusPerNode());
    fields.put("exit_code", job.getExitCode());
    fields.put("submit_time", text(job.getSubmitTime()));
    fields.put("start_time", text(job.getStartTime()));
    fields.put("end_time", text(job.getEndTime()));
    fields.put("reason", job.getReason());
    return fields;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
