package org.psij.executors.batch.slurm;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.QueuedJob;

/**
 * A row of squeue or sacct, with a {@link QueueColumn} in each column. What squeue says of times
 * and nodes to come is no fact yet, and is left out.
 */
final class SlurmQueueRow {
  private static final int SIGNALS = 64;

  /** Stands for files of the script that could not be opened. */
  private static final int SIGNAL_OF_FILES = 53;

  /** The accounting stores exit codes from here on without their highest bit. */
  private static final int FIRST_CUT_CODE = 128;

  private static final String CANCELED_BY = "CANCELLED by ";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern CODES = Pattern.compile("([0-9]{1,3}):([0-9]{1,3})");

  private final Map<QueueColumn, String> columns = new EnumMap<>(QueueColumn.class);
  private final boolean ofSacct;
  private final @Nullable JobState state;

  SlurmQueueRow(String[] columns, boolean ofSacct) {
    for (QueueColumn column : QueueColumn.values()) {
      this.columns.put(column, columns[this.columns.size()]);
    }
    this.ofSacct = ofSacct;
    String name = text(QueueColumn.STATE);
    state = SlurmState.of(name.startsWith(CANCELED_BY) ? "CANCELLED" : name).state();
  }

  String text(QueueColumn column) {
    return columns.getOrDefault(column, "").strip();
  }

  /**
   * Tells whether the row says how the job stands. The accounting may call a job running that ended
   * long ago, and knows the time of an end last; squeue is sure of what it lists.
   */
  boolean isCertain() {
    return !ofSacct || (hasEnded() && time(QueueColumn.END_TIME) != null);
  }

  private boolean hasEnded() {
    return state != null && state.isFinal();
  }

  /** A job that has no nodes did not start, whatever start Slurm has noted for it. */
  private boolean hasStarted() {
    String nodes = text(QueueColumn.NODES);
    boolean hasNodes =
        !nodes.isEmpty() && !nodes.startsWith("None assigned") && !nodes.equals("(null)");
    return hasNodes && state != JobState.QUEUED;
  }

  QueuedJob job(String id) {
    boolean started = hasStarted();
    return QueuedJob.builder(id, text(QueueColumn.STATE))
        .state(state)
        .name(columns.get(QueueColumn.NAME))
        .user(textOrNull(QueueColumn.USER))
        .queues(queues())
        .nodes(started ? NodeNames.of(text(QueueColumn.NODES)) : List.of())
        .nodeCount(number(QueueColumn.NODE_COUNT))
        .cpusPerNode(cpusPerNode())
        .exitCode(started ? exitCode() : null)
        .submitTime(time(QueueColumn.SUBMIT_TIME))
        .startTime(started ? time(QueueColumn.START_TIME) : null)
        .endTime(hasEnded() ? time(QueueColumn.END_TIME) : null)
        .reason(textOrNull(QueueColumn.REASON))
        .build();
  }

  private @Nullable String textOrNull(QueueColumn column) {
    String text = text(column);
    return text.isEmpty() || text.equals("None") || text.equals("(null)") ? null : text;
  }

  private List<String> queues() {
    String partitions = textOrNull(QueueColumn.PARTITION);
    return partitions == null ? List.of() : List.of(partitions.split(",", -1));
  }

  private @Nullable Instant time(QueueColumn column) {
    return SlurmTime.read(text(column));
  }

  private @Nullable Integer number(QueueColumn column) {
    String text = text(column);
    return NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** Slurm tells the sum only, which says what a node has at least where they differ. */
  private @Nullable Integer cpusPerNode() {
    Integer nodes = number(QueueColumn.NODE_COUNT);
    Integer cpus = number(QueueColumn.CPU_COUNT);
    return nodes == null || cpus == null || nodes == 0 || cpus == 0
        ? null
        : Integer.valueOf((cpus + nodes - 1) / nodes);
  }

  private @Nullable Integer exitCode() {
    if (!hasEnded()) {
      return null;
    }
    if (state == JobState.COMPLETED) {
      return 0;
    }
    return ofSacct ? exitCodeOfSacct() : exitCodeOfSqueue();
  }

  /** The status as wait(2) gives it. */
  private @Nullable Integer exitCodeOfSqueue() {
    Integer status = number(QueueColumn.EXIT_CODE);
    return status == null ? null : exitCode(status >> 8 & 0xff, status & 0x7f);
  }

  private @Nullable Integer exitCodeOfSacct() {
    Matcher codes = CODES.matcher(text(QueueColumn.EXIT_CODE));
    if (!codes.matches()) {
      return null;
    }
    int code = Integer.parseInt(codes.group(1));
    boolean mayBeCut = code > 0 && code < FIRST_CUT_CODE;
    return exitCode(mayBeCut ? 0 : code, Integer.parseInt(codes.group(2)));
  }

  /** Slurm stores 0 as well where nobody knows the code. */
  private static @Nullable Integer exitCode(int code, int signal) {
    if (signal > 0) {
      boolean isSignal = signal <= SIGNALS && signal != SIGNAL_OF_FILES;
      return isSignal ? Integer.valueOf(128 + signal) : null;
    }
    return code == 0 ? null : Integer.valueOf(code);
  }
}
