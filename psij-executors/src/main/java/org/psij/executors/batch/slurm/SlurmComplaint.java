package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.psij.executors.batch.CommandResult;

/**
 * What Slurm's commands say when something went wrong; the texts are those of {@code
 * slurm_strerror}(3) and of errno(3).
 */
final class SlurmComplaint {
  /** The request may have arrived, and the answer did not. */
  private static final Pattern ANSWER_LOST =
      Pattern.compile(
          "Socket timed out|Zero Bytes were transmitted|Connection reset by peer|Broken pipe"
              + "|Connection timed out|Message receive failure|Unexpected message received"
              + "|controller \\((?:receive|shutdown) failure\\)|Communication shutdown failure",
          Pattern.CASE_INSENSITIVE);

  /** Nobody has looked at the request, or cannot take it now. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "Unable to contact slurm controller|Resource temporarily unavailable|Slurm backup"
              + " controller in standby|Connection refused|No route to host|Network is"
              + " unreachable|Communication connection failure|connect failure|temporarily unable"
              + " to accept job|Unable to establish control|Message send failure|Problem talking"
              + " to|can't be reached now|Could not establish a configuration source|Munge"
              + " (?:en|de)code failed|If munged is up|Slurm database"
              + " .*(?:down|unavailable)|slurm_persist_conn_open",
          Pattern.CASE_INSENSITIVE);

  /** Limits on the number of jobs at a time: there is room when some have ended. */
  private static final Pattern FULL =
      Pattern.compile("(?:Assoc|QOS)(?:Max|Grp)SubmitJob|AssocGrpSubmit|QOSGrpSubmit");

  private static final Map<String, String> HINTS =
      Map.of(
          "Invalid partition name", "attributes.queue_name must be one that sinfo shows",
          "Invalid account", "attributes.account must be one that sacctmgr show associations shows",
          "reservation is invalid",
              "attributes.reservation_id must be one of scontrol show reservation",
          "node configuration is not available", "no node has what resources asks for",
          "Invalid feature",
              "attributes.custom_attributes.slurm.constraint names no feature of a node");

  private SlurmComplaint() {}

  static boolean isAnswerLost(CommandResult result) {
    return ANSWER_LOST.matcher(result.stderr()).find();
  }

  static boolean mayPass(CommandResult result) {
    String stderr = result.stderr();
    return UNREACHABLE.matcher(stderr).find() || FULL.matcher(stderr).find();
  }

  static boolean isUnreachable(CommandResult result) {
    return isAnswerLost(result) || UNREACHABLE.matcher(result.stderr()).find();
  }

  /**
   * Gives the words of a command on one line, without its name, and with a hint where there is one.
   *
   * @param result what it printed
   * @return the words
   */
  static String words(CommandResult result) {
    List<String> lines =
        result
            .complaint()
            .lines()
            .map(line -> line.replaceFirst("^[a-z]+: (?:error|fatal): ", ""))
            .map(line -> line.replaceFirst("^Batch job submission failed: ", ""))
            .filter(line -> !line.isBlank())
            .toList();
    String words = lines.isEmpty() ? "exit code " + result.exitCode() : String.join("; ", lines);
    String hints =
        HINTS.entrySet().stream()
            .filter(hint -> words.contains(hint.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .collect(Collectors.joining("; "));
    return hints.isEmpty() ? words : words + " (" + hints + ")";
  }
}
