package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.function.Predicate;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Question;
import org.psij.executors.batch.RecordedAnswers;

/** What OpenPBS, Torque, and the commands of Slurm that stand in for Torque's have printed. */
public final class PbsAnswers {
  private PbsAnswers() {}

  /** All of OpenPBS. */
  public static RecordedAnswers openPbs() {
    List<CommandResult> listings = read("samples", result -> result.command().contains("json"));
    return RecordedAnswers.of("pbs")
        .with(Question.SUBMISSION, of("samples", "qsub"))
        .with(Question.STATUS, listings)
        .with(Question.ACCOUNTING, listings)
        .with(Question.MARKS, listings)
        .with(Question.LIST, of("samples", "qselect"))
        .with(Question.CANCELLATION, of("samples", "qdel"));
  }

  /** All of Torque. */
  public static RecordedAnswers torque() {
    return RecordedAnswers.of("pbs_classic")
        .with(Question.SUBMISSION, of("slurm", "qsub"))
        .with(Question.STATUS, read("torque", result -> result.command().contains("-f")))
        .with(Question.MARKS, read("slurm", result -> result.command().contains("-f")))
        .with(Question.LIST, List.of(Sample.read("torque", "table"), Sample.read("slurm", "table")))
        .with(Question.CANCELLATION, of("slurm", "qdel"));
  }

  private static List<CommandResult> of(String folder, String command) {
    return read(folder, result -> result.command().get(0).equals(command));
  }

  private static List<CommandResult> read(String folder, Predicate<CommandResult> wanted) {
    return Sample.names(folder).stream()
        .map(name -> Sample.read(folder, name))
        .filter(wanted)
        .toList();
  }
}
