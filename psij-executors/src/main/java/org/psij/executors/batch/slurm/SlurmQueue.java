package org.psij.executors.batch.slurm;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.QueueDialect;

/**
 * All jobs of Slurm: squeue(1) knows those that have not ended, or only now; sacct(1) those of the
 * last day that have ended. Behind each column stands a mark, see {@link MarkedRows}; squeue can do
 * that since 20.11.
 */
final class SlurmQueue implements QueueDialect {
  private static final String SACCT = "sacct";
  private static final String SINCE = "--starttime=now-1days";
  private static final Pattern MARK = Pattern.compile("\\|[0-9a-f]{8}\\|");

  @Override
  public List<List<String>> commands() {
    String mark = "|" + UUID.randomUUID().toString().substring(0, 8) + "|";
    return List.of(squeue(mark), sacct(mark));
  }

  private static List<String> squeue(String mark) {
    String format =
        Arrays.stream(QueueColumn.values())
            .map(column -> column.ofSqueue() + ":0" + mark)
            .collect(Collectors.joining(","));
    return List.of(
        "squeue",
        "--noheader",
        "--all",
        "--array",
        "--states=all",
        "--noconvert",
        "--Format=" + format);
  }

  private static List<String> sacct(String mark) {
    String format =
        Arrays.stream(QueueColumn.values())
            .map(QueueColumn::ofSacct)
            .collect(Collectors.joining(","));
    return List.of(
        SACCT,
        "--noheader",
        "--allocations",
        "--allusers",
        "--noconvert",
        SINCE,
        "--parsable",
        "--delimiter=" + mark,
        "--format=" + format);
  }

  @Override
  public Iterator<QueuedJob> jobs(List<String> command, InputStream output) {
    Matcher mark = MARK.matcher(String.join(" ", command));
    if (!mark.find()) {
      throw new IllegalArgumentException("no command of this dialect: " + command);
    }
    MarkedRows rows = new MarkedRows(output, mark.group(), QueueColumn.values().length);
    return new SlurmQueueRows(rows, isSacct(command));
  }

  private static boolean isSacct(List<String> command) {
    return command.get(0).endsWith(SACCT);
  }

  @Override
  public void check(CommandResult result) {
    boolean isDisabled =
        isSacct(result.command()) && result.stderr().contains("accounting storage is disabled");
    if (!isDisabled && (result.exitCode() != 0 || SlurmComplaint.isUnreachable(result))) {
      throw new CommandException("Slurm did not list its jobs", result);
    }
  }
}
