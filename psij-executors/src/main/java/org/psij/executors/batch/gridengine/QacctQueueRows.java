package org.psij.executors.batch.gridengine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.QueueRows;

/**
 * The jobs in the records of qacct(1). A job that went into error state has a record, and another
 * one if it was tried again: it comes last.
 */
final class QacctQueueRows extends QueueRows {
  private static final String SEPARATOR = "=====";
  private static final String SUMMARY = "Total System Usage";
  private static final String NO_ENVIRONMENT = "NONE";

  private final BufferedReader output;
  private final Map<String, QueuedJob> inError = new LinkedHashMap<>();
  private boolean ended;

  QacctQueueRows(InputStream output) {
    this.output = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
  }

  @Override
  protected @Nullable Collection<QueuedJob> read() throws IOException {
    if (ended) {
      return null;
    }
    AccountingRecord record = new AccountingRecord();
    boolean any = false;
    String line = output.readLine();
    while (line != null && !line.startsWith(SEPARATOR) && !line.startsWith(SUMMARY)) {
      record.add(line, 0, line.length());
      any |= !line.isBlank();
      line = output.readLine();
    }
    ended = line == null || line.startsWith(SUMMARY);
    List<QueuedJob> jobs = any ? jobs(record) : List.of();
    if (ended) {
      jobs.forEach(job -> inError.put(job.getNativeId(), job));
      return inError.values();
    }
    return jobs;
  }

  private List<QueuedJob> jobs(AccountingRecord record) {
    NativeId id = record.id();
    if (id == null || !record.isWhole()) {
      leaveOut("jobnumber " + record.text("jobnumber") + ", " + record.text("jobname"));
      return List.of();
    }
    inError.remove(id.toString());
    NativeStatus status = JobEnd.interpret(record, 0);
    if (status == null) {
      return List.of(); // it was put back into the queue
    }
    QueuedJob job = job(id.toString(), status, record);
    if (JobEnd.mayBeTriedAgain(record)) {
      inError.put(id.toString(), job);
      return List.of();
    }
    return List.of(job);
  }

  private static QueuedJob job(String id, NativeStatus status, AccountingRecord record) {
    boolean isSerial = record.text("granted_pe").equals(NO_ENVIRONMENT);
    return QueuedJob.builder(id, status.nativeState())
        .state(status.state())
        .name(record.text("jobname"))
        .user(record.text("owner"))
        .queues(known(record.text("qname")))
        .nodes(known(record.text("hostname")))
        .nodeCount(isSerial ? 1 : null)
        .cpusPerNode(isSerial ? record.number("slots") : null)
        .exitCode(status.exitCode())
        .submitTime(record.time("qsub_time"))
        .startTime(record.time("start_time"))
        .endTime(status.endTime())
        .reason(status.reason())
        .build();
  }

  private static List<String> known(String name) {
    return name.isEmpty() || name.equals("UNKNOWN") ? List.of() : List.of(name);
  }
}
