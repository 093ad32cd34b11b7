package org.psij.executors.batch.pbs;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/**
 * What {@code qsub} and {@code qdel} answer. Their exit codes are the server's error numbers modulo
 * 256: 153 is {@code PBSE_UNKJOBID}, 15001.
 */
final class Answers {
  /** An id: {@code 0.server}, {@code 25[].server}, {@code 25[1].server}, or a bare number. */
  static final Pattern ID = Pattern.compile("\\d+(\\[\\d*\\])?(\\.[\\w.:@-]{1,255})?");

  /** PBSE_UNKJOBID. */
  static final int UNKNOWN_JOB = 153;

  /** PBSE_HISTJOBID. */
  static final int FINISHED_JOB = 35;

  /** PBSE_JOBHISTNOTSET. */
  static final int NO_HISTORY = 36;

  /**
   * PBSE_ENTLIMCT, PBSE_ENTLIMRESC (the user has enough jobs for now), PBSE_BADHOST, PBSE_SYSTEM,
   * PBSE_QUEBUSY, PBSE_PROTOCOL, PBSE_NOCONNECTS, PBSE_NOSERVER, PBSE_MAXQUED, PBSE_TIMEOUT, and
   * what the commands return if there is no connection.
   */
  private static final Set<Integer> PASSING =
      Set.of(38, 39, 160, 162, 179, 183, 185, 186, 198, 237, 255);

  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "cannot connect|can't connect|couldn't connect|connection refused|unable to contact"
              + "|unknown host|no route to host|network is unreachable|problem loading"
              + "|server shutting down|temporarily|try again|transport endpoint",
          CASE_INSENSITIVE);

  private static final Pattern BROKEN_OFF =
      Pattern.compile(
          "timed out|end of file|premature end|communication failure|connection reset"
              + "|zero bytes were transmitted|protocol error",
          CASE_INSENSITIVE);

  private static final Pattern GONE =
      Pattern.compile(
          "unknown job|has finished|invalid state for job - (complete|exiting)"
              + "|invalid job id|already completing or completed",
          CASE_INSENSITIVE);

  private static final Pattern BAD_ID =
      Pattern.compile(
          "illegally formed job identifier|unknown queue destination", CASE_INSENSITIVE);

  private Answers() {}

  /**
   * Reads the answer to a submission.
   *
   * @param result the answer of qsub
   * @return the native id
   * @throws SubmitException if there is none
   */
  static String submission(CommandResult result) {
    if (result.exitCode() != 0) {
      throw failure("qsub", "The job was not accepted", result);
    }
    return result.wholeLines().stream()
        .map(String::strip)
        .filter(line -> ID.matcher(line).matches())
        .reduce((first, second) -> second)
        .orElseThrow(
            () ->
                SubmitException.ofUnknownOutcome(
                    "qsub did not tell the id of the job: " + result.complaint(),
                    new CommandException("qsub did not tell an id", result)));
  }

  /**
   * Reads the answer to a deletion.
   *
   * @param result the answer of qdel
   * @throws SubmitException if the job is there and stays
   */
  static void deletion(CommandResult result) {
    int code = result.exitCode();
    boolean gone = code == UNKNOWN_JOB || code == FINISHED_JOB;
    if (code != 0 && !gone && !GONE.matcher(result.complaint()).find()) {
      throw failure("qdel", "The job was not cancelled", result);
    }
  }

  private static SubmitException failure(String command, String problem, CommandResult result) {
    String message = problem + ": " + result.complaint();
    CommandException cause = new CommandException(command + " failed", result);
    if (command.equals("qsub") && isBrokenOff(result)) {
      return SubmitException.ofUnknownOutcome(message, cause);
    }
    return isPassing(result)
        ? SubmitException.ofTransient(message, cause)
        : new SubmitException(message, cause);
  }

  private static boolean isBrokenOff(CommandResult result) {
    return BROKEN_OFF.matcher(result.complaint()).find();
  }

  private static boolean isPassing(CommandResult result) {
    return PASSING.contains(result.exitCode())
        || UNREACHABLE.matcher(result.complaint()).find()
        || isBrokenOff(result);
  }

  /**
   * Tells whether the server could not be asked.
   *
   * @param result the answer of a command
   * @return true if the command says so
   */
  static boolean isUnreachable(CommandResult result) {
    return UNREACHABLE.matcher(result.stderr()).find()
        || BROKEN_OFF.matcher(result.stderr()).find();
  }

  /**
   * Tells whether a command complains about an id that cannot be one.
   *
   * @param result the answer of the command
   * @return true if it says so
   */
  static boolean isAboutBadId(CommandResult result) {
    return BAD_ID.matcher(result.stderr()).find();
  }

  /**
   * Leaves out ids that no server has given to a job, because of which a command may not look at
   * the others.
   *
   * @param nativeIds some ids
   * @return those that can be asked for; all if there is none
   */
  static List<String> wellFormed(List<String> nativeIds) {
    List<String> ids = nativeIds.stream().filter(id -> ID.matcher(id).matches()).toList();
    return ids.isEmpty() ? nativeIds : ids;
  }
}
