package org.psij.executors.batch.gridengine;

import java.util.List;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Question;
import org.psij.executors.batch.RecordedAnswers;

/** What a real Grid Engine 8.1.9 answered. */
public final class GridEngineAnswers {
  private GridEngineAnswers() {}

  /** All of it. */
  public static RecordedAnswers all() {
    List<CommandResult> listings = read(".*\\.qstat-(all|gt|gd|empty)?-?xml|error\\.qmaster.*xml");
    return RecordedAnswers.of("gridengine")
        .with(Question.SUBMISSION, read("qsub\\..*|error\\..*qsub.*"))
        .with(Question.STATUS, listings)
        .with(Question.LIST, listings)
        .with(Question.MARKS, read("error\\.qstat-j.*"))
        .with(Question.ACCOUNTING, read("(.*\\.)?qacct.*|error\\.qmaster-down-qacct.*"))
        .with(Question.CANCELLATION, read(".*qdel.*"));
  }

  private static List<CommandResult> read(String names) {
    return RecordedAnswers.samples(Sample.class, names, Sample::of);
  }
}
