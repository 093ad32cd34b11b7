package org.psij.executors.batch.slurm;

import java.util.List;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Question;
import org.psij.executors.batch.RecordedAnswers;

/** What Slurm 22.05.8 has printed. */
public final class SlurmAnswers {
  private SlurmAnswers() {}

  /** All of it. */
  public static RecordedAnswers all() {
    return RecordedAnswers.of("slurm")
        .with(Question.SUBMISSION, plain("(error\\.)?(ctld-down-)?sbatch[.-].*"))
        .with(
            Question.STATUS,
            RecordedAnswers.samples(SlurmSample.class, "[^.]*\\.squeue(-r)?", SlurmAnswers::squeue))
        .with(
            Question.ACCOUNTING,
            RecordedAnswers.samples(SlurmSample.class, "[^.]*\\.sacct", SlurmSample::sacct))
        .with(Question.LIST, List.of(SlurmSample.result(0, "12\n13_4\n14+1\n", "")))
        .with(Question.MARKS, plain("error\\.squeue.*"))
        .with(Question.CANCELLATION, plain("(error\\.)?scancel[.-].*"));
  }

  private static CommandResult squeue(String name) {
    return SlurmSample.read(name)
            .stdout()
            .lines()
            .allMatch(line -> line.split("\\|", -1).length > 15)
        ? SlurmSample.squeue(name)
        : SlurmSample.read(name);
  }

  private static List<CommandResult> plain(String names) {
    return RecordedAnswers.samples(SlurmSample.class, names, SlurmSample::read);
  }
}
