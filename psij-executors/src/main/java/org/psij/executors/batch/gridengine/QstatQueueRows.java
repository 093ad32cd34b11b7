package org.psij.executors.batch.gridengine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.QueueRows;

/** The jobs that {@code qstat -xml} lists, each in one row or in several. */
final class QstatQueueRows extends QueueRows {
  private final JobListReader elements;
  private @Nullable QstatElement ahead;

  QstatQueueRows(JobListReader elements) {
    this.elements = elements;
  }

  @Override
  protected @Nullable Collection<QueuedJob> read() throws IOException {
    QstatElement first = ahead == null ? element() : ahead;
    if (first == null) {
      return null;
    }
    List<QstatElement> slots = new ArrayList<>();
    for (ahead = element(); ahead != null && ahead.isSlotOf(first); ahead = element()) {
      slots.add(ahead);
    }
    return jobs(first, slots);
  }

  private @Nullable QstatElement element() throws IOException {
    String element = elements.next();
    while (element != null && !element.endsWith(JobListReader.END)) {
      leaveOut(element);
      element = elements.next();
    }
    return element == null ? null : new QstatElement(element);
  }

  private List<QueuedJob> jobs(QstatElement first, List<QstatElement> slots) {
    String number = first.text("JB_job_number");
    String letters = first.text("state");
    NativeId id = number == null ? null : NativeId.parse(number);
    List<String> ids = id == null ? List.of() : ids(id, first.text("tasks"));
    if (ids.isEmpty() || letters == null) {
      leaveOut(number + " " + letters + " " + first.text("JB_name"));
      return List.of();
    }
    NativeStatus status = StateLetters.interpret(ids.get(0), letters);
    GrantedSlots granted = new GrantedSlots(first, slots);
    return ids.stream().map(each -> job(each, status, first, granted)).toList();
  }

  private static List<String> ids(NativeId job, @Nullable String tasks) {
    if (tasks == null) {
      return List.of(job.job());
    }
    List<Integer> numbers = TaskList.parse(tasks, 0);
    return numbers == null
        ? List.of()
        : numbers.stream().map(task -> job.job() + "." + task).toList();
  }

  private static QueuedJob job(
      String id, NativeStatus status, QstatElement row, GrantedSlots granted) {
    return QueuedJob.builder(id, status.nativeState())
        .state(status.state())
        .name(row.text("JB_name"))
        .user(row.text("JB_owner"))
        .queues(granted.queues().isEmpty() ? row.texts("hard_req_queue") : granted.queues())
        .nodes(granted.hosts())
        .nodeCount(granted.nodeCount())
        .cpusPerNode(granted.mostOnOneHost())
        .submitTime(row.time("JB_submission_time"))
        .startTime(row.time("JAT_start_time"))
        .reason(status.reason())
        .build();
  }
}
