package org.psij.executors.batch.pbs;

import java.util.regex.Pattern;

/** The variables that PBS sets in a job. */
final class JobVariables {
  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "PBS_(CONF_FILE|EXEC|HOME|DEFAULT|SERVER|PRIMARY|SECONDARY|LEAF_\\w+|CLIENTRETRY"
              + "|\\w+_PORT|\\w+_HOST_NAME|\\w*(AUTH|ENCRYPT)_METHODS?)");

  private JobVariables() {}

  /**
   * Tells whether a variable belongs to a job of PBS.
   *
   * @param variable its name
   * @return false if it is not of PBS, or says where the server is
   */
  static boolean includes(String variable) {
    return variable.startsWith("PBS_")
        && (variable.startsWith("PBS_O_") || !CONFIGURATION.matcher(variable).matches());
  }
}
