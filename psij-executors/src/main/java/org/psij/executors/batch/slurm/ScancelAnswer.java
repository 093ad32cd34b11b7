package org.psij.executors.batch.slurm;

import java.util.regex.Pattern;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** What {@code scancel} answers: nothing at all for jobs that it does not know. */
final class ScancelAnswer {
  private static final Pattern GONE =
      Pattern.compile("Invalid job id specified|already completing or completed");

  private ScancelAnswer() {}

  static void check(CommandResult result) {
    if (result.exitCode() == 0 || GONE.matcher(result.stderr()).find()) {
      return;
    }
    CommandException cause = new CommandException("The cancellation failed", result);
    String words = SlurmComplaint.words(result);
    if (SlurmComplaint.isAnswerLost(result)) {
      throw SubmitException.ofUnknownOutcome("Slurm did not answer: " + words, cause);
    }
    if (SlurmComplaint.isUnreachable(result)) {
      throw SubmitException.ofTransient("Slurm cannot be reached: " + words, cause);
    }
    throw new SubmitException("Slurm refused to cancel the job: " + words, cause);
  }
}
