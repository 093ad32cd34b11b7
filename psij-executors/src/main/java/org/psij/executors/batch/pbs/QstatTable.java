package org.psij.executors.batch.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the table that {@code qstat -u} prints: a job a line, its id in the first column, and its
 * state in the last but one.
 */
final class QstatTable {
  private static final Pattern RULE = Pattern.compile("-{3,} +-.*");

  /** {@code U} is what Slurm's qstat prints for a job that ran out of memory. */
  private static final Set<String> ENDED = Set.of("C", "U");

  private static final int FEWEST_COLUMNS = 5;

  private QstatTable() {}

  /**
   * Lists the jobs that have not ended.
   *
   * @param lines what qstat printed
   * @return their ids; the bare number of a job whose id fills the column and may be cut off
   */
  static List<String> read(List<String> lines) {
    List<String> ids = new ArrayList<>();
    int width = 0;
    for (String line : lines) {
      List<String> words = List.of(line.strip().split("\\s+", -1));
      String id = words.get(0);
      if (RULE.matcher(line).matches()) {
        width = line.indexOf(' ');
      } else if (words.size() >= FEWEST_COLUMNS
          && Answers.ID.matcher(id).matches()
          && !ENDED.contains(words.get(words.size() - 2))) {
        ids.add(id.length() < width ? id : id.replaceFirst("\\..*", ""));
      }
    }
    return ids;
  }
}
