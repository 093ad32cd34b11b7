package org.psij.executors.batch.gridengine;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.executors.batch.BatchJob;

/** What a job may be called, see {@code -N} in qsub(1) and object_name in sge_types(1). */
final class JobName {
  private static final int LONGEST = 512;
  private static final Pattern FORBIDDEN = Pattern.compile("[^!-~]|[/:@\\\\*?]");
  private static final Set<String> KEYWORDS = Set.of("none", "all", "template");

  private JobName() {}

  /** Gives the name of a job: its own, or else that of its program, made fit. */
  static String of(BatchJob job) {
    String given = job.givenName();
    return given == null ? madeFit(job.programName()) : checked("name", given);
  }

  /** Refuses a name that Grid Engine would not take. */
  static String checked(String field, String name) {
    String problem = problem(name);
    if (problem != null) {
      throw new InvalidJobException(
          field, "Grid Engine cannot call a job '" + name + "': " + problem);
    }
    return name;
  }

  private static @Nullable String problem(String name) {
    if (name.isEmpty()) {
      return "a name must not be empty";
    }
    if (FORBIDDEN.matcher(name).find()) {
      return "a name holds printable ASCII characters, no space and none of / : @ \\ * ?";
    }
    if (Character.isDigit(name.charAt(0))) {
      return "a name must not start with a digit";
    }
    if (name.equalsIgnoreCase("none")) {
      return "the word has a meaning of its own";
    }
    return name.length() > LONGEST ? "a name has at most " + LONGEST + " characters" : null;
  }

  private static String madeFit(String program) {
    String name = FORBIDDEN.matcher(program).replaceAll("_");
    if (Character.isDigit(name.charAt(0)) || KEYWORDS.contains(name.toLowerCase(Locale.ROOT))) {
      name = "_" + name;
    }
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
