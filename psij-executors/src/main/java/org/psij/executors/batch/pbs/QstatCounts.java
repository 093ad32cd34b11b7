package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.JobCounts;

/**
 * Counts the jobs of the table that {@code qstat} prints, a job a line: {@code id name user time
 * state queue}. The column of the user is of limited width, and longer names are cut off.
 */
final class QstatCounts {
  private static final Pattern ROW =
      Pattern.compile("(\\S+)\\s+.*\\s(\\S+)\\s+\\S+\\s+([A-Za-z])\\s+(\\S+)\\s*");

  private static final int SHORTEST_CUT = 15;

  private QstatCounts() {}

  /** Slurm's qstat returns that there is no such job if there is none at all. */
  private static final Set<Integer> ANSWERED = Set.of(0, Answers.UNKNOWN_JOB);

  /** Counts the jobs, for an array those of its tasks that are listed, and not the whole. */
  static JobCounts read(CommandResult result, String user) {
    if (!ANSWERED.contains(result.exitCode()) || Answers.isUnreachable(result)) {
      throw new CommandException("The jobs could not be listed", result);
    }
    JobCounts jobs = new JobCounts(user);
    for (String line : result.wholeLines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && Answers.ID.matcher(row.group(1)).matches() && !isArray(row.group(1))) {
        String owner = row.group(2);
        boolean own = owner.length() >= SHORTEST_CUT && user.startsWith(owner);
        jobs.add(state(row.group(3)), own ? user : owner, List.of(row.group(4)), 1);
      }
    }
    return jobs;
  }

  private static boolean isArray(String id) {
    return id.contains("[]");
  }

  private static @Nullable JobState state(String letter) {
    return switch (letter) {
      case "Q", "H", "W", "T" -> JobState.QUEUED;
      case "R", "E", "S" -> JobState.ACTIVE;
      default -> null; // arrays, and what has ended, such as U in the words of Slurm
    };
  }
}
