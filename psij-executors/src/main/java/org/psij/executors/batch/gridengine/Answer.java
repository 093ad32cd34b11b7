package org.psij.executors.batch.gridengine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** What qsub(1) and qdel(1) answer to a request. Immutable. */
final class Answer {
  /** The job, then the range of tasks of an array, as {@code qsub -terse} prints them. */
  private static final Pattern ID = Pattern.compile("([0-9]{1,18})(?:\\.[0-9]+-[0-9]+:[0-9]+)?");

  /** What qsub prints without {@code -terse}, if a wrapper has taken it out. */
  private static final Pattern LONG_ID =
      Pattern.compile("Your job(?:-array)? ([0-9]{1,18})[. ].*has been submitted");

  /** Words of a refusal that qsub ends with exit code 0, such as that of an unreadable script. */
  private static final Pattern REFUSED = Pattern.compile("Unable to (?:read|run)");

  private static final Pattern NOBODY_ASKED =
      Pattern.compile(
          "commlib error|unable to (?:send message to|contact) qmaster|got send error"
              + "|Please set the environment variable SGE_ROOT|SGE_ROOT directory"
              + "|cell directory|can't resolve host name|qmaster is not running");

  private static final Pattern NO_REPLY =
      Pattern.compile(
          "failed receiving gdi request|message receive timeout|got read error"
              + "|Error reading answer list from qmaster");

  private static final Pattern GONE =
      Pattern.compile("job \"[^\"]*\"(?: task \"[^\"]*\")? does not exist|already in deletion");

  private final CommandResult result;

  /** Takes an answer. */
  Answer(CommandResult result) {
    this.result = result;
  }

  /** Gives the number of the submitted job. */
  String submitted() {
    if (result.exitCode() == 0) {
      String id = lastId();
      if (id != null) {
        return id;
      }
      if (!says(REFUSED)) {
        throw SubmitException.ofUnknownOutcome("qsub did not tell the id of the job", evidence());
      }
    }
    throw problem("Grid Engine refused the job", result.exitCode() >= 128);
  }

  private @Nullable String lastId() {
    List<String> lines = result.wholeLines().stream().map(String::strip).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      for (Pattern form : List.of(ID, LONG_ID)) {
        Matcher matcher = form.matcher(lines.get(i));
        if (matcher.matches()) {
          return matcher.group(1);
        }
      }
    }
    return null;
  }

  /** Refuses an answer that is neither a deletion nor the word that the job has gone. */
  void requireDeleted() {
    if (result.exitCode() != 0 && !says(GONE)) {
      throw problem("Grid Engine refused to delete the job", false);
    }
  }

  private SubmitException problem(String refusal, boolean killed) {
    if (killed || says(NO_REPLY)) {
      return SubmitException.ofUnknownOutcome(
          "Grid Engine did not reply: " + result.complaint(), evidence());
    }
    if (says(NOBODY_ASKED)) {
      return SubmitException.ofTransient(
          "Grid Engine cannot be reached: " + result.complaint(), evidence());
    }
    return new SubmitException(refusal + ": " + result.complaint(), evidence());
  }

  private boolean says(Pattern words) {
    return words.matcher(result.stdout()).find() || words.matcher(result.stderr()).find();
  }

  private CommandException evidence() {
    return new CommandException("The answer of Grid Engine", result);
  }
}
