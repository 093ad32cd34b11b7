package org.psij.executors.batch.lsf;

import java.util.List;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Question;
import org.psij.executors.batch.RecordedAnswers;

/** What LSF would print, by its manual. */
public final class LsfRecordedAnswers {
  private LsfRecordedAnswers() {}

  /** All of it. */
  public static RecordedAnswers all() {
    List<CommandResult> states =
        List.of(
            answer(0, LsfSample.text("states.bjobs.txt"), "", "bjobs", "101", "107", "113[4]"),
            answer(255, "", "Job <7> is not found\n", "bjobs", "7"),
            answer(255, "", "LSF is down. Please wait ...\n", "bjobs", "7"));
    return RecordedAnswers.of("lsf")
        .with(
            Question.SUBMISSION,
            List.of(
                answer(0, "Job <123> is submitted to default queue <normal>.\n", "", "bsub"),
                answer(255, "", "a: No such queue. Job not submitted.\n", "bsub")))
        .with(Question.STATUS, states)
        .with(Question.MARKS, states)
        .with(Question.LIST, states)
        .with(
            Question.ACCOUNTING,
            List.of(
                answer(0, LsfSample.text("ended.bhist.txt"), "", "bhist", "-n", "0", "-l", "201")))
        .with(
            Question.CANCELLATION,
            List.of(
                answer(0, "Job <123> is being terminated\n", "", "bkill", "123"),
                answer(255, "", "Job <123>: User permission denied\n", "bkill", "123")));
  }

  private static CommandResult answer(int code, String out, String err, String... command) {
    return LsfSample.result(code, out, err, command);
  }
}
