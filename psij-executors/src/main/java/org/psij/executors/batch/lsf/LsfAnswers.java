package org.psij.executors.batch.lsf;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/**
 * What {@code bsub} and {@code bkill} say, and what all commands of LSF say when nobody answers.
 */
final class LsfAnswers {
  private static final Pattern SUBMITTED =
      Pattern.compile("^Job <(\\d+)> is submitted to ", Pattern.MULTILINE);
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "LSF is down|cannot connect to LSF|not responding|still trying|please wait"
              + "|timed? ?out|connection refused|LIM is down|threshold reached|try again",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LOST_ANSWER =
      Pattern.compile("failed in receiving", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNKNOWN_JOB =
      Pattern.compile(
          "Job <([^<>]*)>(?: is not found|: No matching job found)|^(\\S+): Illegal job ID",
          Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_JOB =
      Pattern.compile("No (?:unfinished |matching )?job found", Pattern.CASE_INSENSITIVE);
  private static final Pattern ON_ITS_WAY =
      Pattern.compile(
          "is being (?:terminated|signaled)|has already finished|operation is in progress",
          Pattern.CASE_INSENSITIVE);

  private LsfAnswers() {}

  static String submittedId(CommandResult result) {
    Matcher submitted = SUBMITTED.matcher(result.stdout());
    if (submitted.find()) {
      return submitted.group(1);
    }
    CommandException cause = new CommandException("bsub named no job", result);
    String text = text(result);
    if (LOST_ANSWER.matcher(text).find() || (result.exitCode() == 0 && !isRefusal(text))) {
      throw SubmitException.ofUnknownOutcome(
          "LSF did not say whether it has taken the job: " + result.complaint(), cause);
    }
    throw refusal("LSF did not take the job: ", result, cause);
  }

  private static boolean isRefusal(String text) {
    return text.contains("Job not submitted") || UNREACHABLE.matcher(text).find();
  }

  static void checkCancellation(CommandResult result) {
    String text = text(result);
    boolean done =
        ON_ITS_WAY.matcher(text).find()
            || UNKNOWN_JOB.matcher(text).find()
            || NO_JOB.matcher(text).find();
    if (result.exitCode() != 0 && !done) {
      throw refusal(
          "LSF did not end the job: ", result, new CommandException("bkill failed", result));
    }
  }

  private static SubmitException refusal(
      String problem, CommandResult result, CommandException cause) {
    String message = problem + result.complaint();
    return UNREACHABLE.matcher(text(result)).find()
        ? SubmitException.ofTransient(message, cause)
        : new SubmitException(message, cause);
  }

  /** Tells whether words that are about no job in particular say that no job is there. */
  static boolean saysNoJob(String words) {
    return NO_JOB.matcher(words).find();
  }

  /** Gives the ids of jobs of which LSF says that it does not know them. */
  static Set<String> unknownJobs(String words) {
    Set<String> unknown = new TreeSet<>();
    Matcher denied = UNKNOWN_JOB.matcher(words);
    while (denied.find()) {
      unknown.add(denied.group(1) != null ? denied.group(1) : denied.group(2));
    }
    return unknown;
  }

  private static String text(CommandResult result) {
    return result.stderr() + "\n" + result.stdout();
  }
}
