package org.psij.executors.batch.pbs;

import java.util.regex.Pattern;
import org.psij.InvalidJobException;
import org.psij.executors.batch.BatchJob;

/** What {@code qsub -N} takes for the name of a job. Immutable. */
final class JobName {
  /** OpenPBS: letters, digits, and a few marks, up to 230 of them. */
  static final JobName PBS =
      new JobName(Pattern.compile("[A-Za-z0-9_+-][A-Za-z0-9_.+-]{0,229}"), 230);

  /**
   * Torque: begins with a letter. Its manual speaks of 15 characters, newer versions take more; a
   * name of the library's own keeps to 15.
   */
  static final JobName TORQUE = new JobName(Pattern.compile("[A-Za-z][A-Za-z0-9_.+-]{0,229}"), 15);

  private final Pattern allowed;
  private final int safeLength;

  private JobName(Pattern allowed, int safeLength) {
    this.allowed = allowed;
    this.safeLength = safeLength;
  }

  /**
   * Names a job.
   *
   * @param job the job
   * @return the name that the user gave to it, or else one made of the program's
   * @throws InvalidJobException if qsub would not take the given name
   */
  String of(BatchJob job) {
    String given = job.givenName();
    if (given == null) {
      return fit(job.programName());
    }
    if (!allowed.matcher(given).matches()) {
      throw new InvalidJobException(
          "name", "PBS takes only names of the form " + allowed + ", was '" + given + "'");
    }
    return given;
  }

  /** A dot is not taken by every version. */
  private String fit(String program) {
    String name = program.replaceAll("[^A-Za-z0-9_+-]", "_");
    if (!allowed.matcher(name.substring(0, 1)).matches()) {
      name = "j" + name;
    }
    return name.substring(0, Math.min(name.length(), safeLength));
  }
}
