package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** What {@code sbatch --parsable} answers. */
final class SbatchAnswer {
  private static final Pattern ID = Pattern.compile("([0-9]+)(?:;\\S*)?");
  private static final int FIRST_SIGNAL = 129;
  private static final int LAST_SIGNAL = 192;

  private SbatchAnswer() {}

  /**
   * Finds the id, which may be followed by the name of the cluster; a plug-in of the site may have
   * printed lines of its own.
   *
   * @param result what sbatch printed and returned
   * @return the id
   * @throws SubmitException if there is none
   */
  static String nativeId(CommandResult result) {
    List<String> ids = ids(result.wholeLines().stream());
    if (result.exitCode() == 0 && !ids.isEmpty()) {
      return ids.get(ids.size() - 1);
    }
    throw failure(result, !ids(result.stdout().lines()).isEmpty());
  }

  private static List<String> ids(Stream<String> lines) {
    return lines
        .map(line -> ID.matcher(line.strip()))
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static SubmitException failure(CommandResult result, boolean hasId) {
    CommandException cause = new CommandException("The submission failed", result);
    String words = SlurmComplaint.words(result);
    if (result.exitCode() == 0 || hasId || isKilled(result)) {
      return SubmitException.ofUnknownOutcome(
          "sbatch did not say which id the job has: " + words, cause);
    }
    if (SlurmComplaint.isAnswerLost(result)) {
      return SubmitException.ofUnknownOutcome("Slurm did not answer: " + words, cause);
    }
    if (SlurmComplaint.mayPass(result)) {
      return SubmitException.ofTransient("Slurm cannot take the job now: " + words, cause);
    }
    return new SubmitException("Slurm refused the job: " + words, cause);
  }

  /** sbatch itself returns 1 or 255 where it fails. */
  private static boolean isKilled(CommandResult result) {
    return result.exitCode() >= FIRST_SIGNAL && result.exitCode() <= LAST_SIGNAL;
  }
}
