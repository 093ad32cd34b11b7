package org.psij.executors.batch.slurm;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.psij.InvalidJobException;

/** The names of the options of sbatch(1), as custom attributes have them. */
final class SbatchOption {
  private static final Map<String, String> LONG_NAMES =
      Map.ofEntries(
          entry("A", "account"),
          entry("a", "array"),
          entry("B", "extra-node-info"),
          entry("b", "begin"),
          entry("C", "constraint"),
          entry("c", "cpus-per-task"),
          entry("D", "chdir"),
          entry("d", "dependency"),
          entry("e", "error"),
          entry("F", "nodefile"),
          entry("G", "gpus"),
          entry("H", "hold"),
          entry("h", "help"),
          entry("i", "input"),
          entry("J", "job-name"),
          entry("k", "no-kill"),
          entry("L", "licenses"),
          entry("M", "clusters"),
          entry("m", "distribution"),
          entry("N", "nodes"),
          entry("n", "ntasks"),
          entry("O", "overcommit"),
          entry("o", "output"),
          entry("p", "partition"),
          entry("Q", "quiet"),
          entry("q", "qos"),
          entry("S", "core-spec"),
          entry("s", "oversubscribe"),
          entry("t", "time"),
          entry("u", "usage"),
          entry("V", "version"),
          entry("v", "verbose"),
          entry("W", "wait"),
          entry("w", "nodelist"),
          entry("x", "exclude"),
          entry("cluster", "clusters"),
          entry("share", "oversubscribe"),
          entry("tasks-per-node", "ntasks-per-node"),
          entry("workdir", "chdir"));

  /** With these, a job would not be one job with one id whose script has the name it was given. */
  private static final List<String> FORBIDDEN =
      List.of(
          "array",
          "autocomplete",
          "clusters",
          "help",
          "parsable",
          "quiet",
          "test-only",
          "usage",
          "version",
          "wait",
          "wrap");

  private SbatchOption() {}

  /**
   * Finds the long name of an option.
   *
   * @param key the long name, which may have underscores for dashes, or the letter
   * @return the long name
   * @throws InvalidJobException if a job with this option could not be followed, or if it is a
   *     letter that sbatch does not know; sbatch takes the beginnings of long names, too
   */
  static String canonical(String key) {
    String dashed = key.replace('_', '-');
    String name = LONG_NAMES.getOrDefault(dashed, dashed);
    if (name.length() == 1) {
      throw refusal(key, "is not an option of sbatch");
    }
    if (FORBIDDEN.stream().anyMatch(forbidden -> forbidden.startsWith(name))) {
      throw refusal(key, "cannot be used: a job with this option could not be followed");
    }
    return name;
  }

  private static InvalidJobException refusal(String key, String problem) {
    return new InvalidJobException(
        "attributes.custom_attributes.slurm." + key, "'" + key + "' " + problem);
  }
}
