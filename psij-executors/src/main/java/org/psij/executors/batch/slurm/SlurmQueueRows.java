package org.psij.executors.batch.slurm;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.QueuedJob;
import org.psij.executors.batch.QueueRows;

/** The jobs that squeue or sacct lists. Not safe for use by several threads. */
final class SlurmQueueRows extends QueueRows {
  private final MarkedRows rows;
  private final boolean ofSacct;
  private boolean any;

  SlurmQueueRows(MarkedRows rows, boolean ofSacct) {
    this.rows = rows;
    this.ofSacct = ofSacct;
  }

  @Override
  protected @Nullable Collection<QueuedJob> read() throws IOException {
    String[] columns = rows.next();
    if (columns == null) {
      end();
      return null;
    }
    any = true;
    SlurmQueueRow row = new SlurmQueueRow(columns, ofSacct);
    List<String> ids = SlurmIds.expanded(row.text(QueueColumn.ID), 0);
    if (ids.isEmpty() || row.text(QueueColumn.STATE).isEmpty()) {
      leaveOut(String.join(" ", columns));
      return List.of();
    }
    return row.isCertain() ? ids.stream().map(row::job).toList() : List.of();
  }

  private void end() throws IOException {
    String rest = rows.rest();
    if (rest.isBlank()) {
      return;
    }
    if (!any && !ofSacct) {
      throw new IOException("squeue prints no columns that can be told apart; is it before 20.11?");
    }
    leaveOut(rest.strip());
  }
}
