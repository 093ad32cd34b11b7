package org.psij.executors.batch.slurm;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;

/**
 * Why a job is in its state: one of the JOB REASON CODES of squeue(1), or several with commas.
 *
 * @param text the reason as squeue prints it
 */
record SlurmReason(String text) {
  private static final Set<String> HOLDS =
      Set.of(
          "JobHeldUser",
          "JobHeldAdmin",
          "JobHoldMaxRequeue",
          "ReservationDeleted",
          "job requeued in held state",
          "launch failed requeued held");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("BadConstraints", "no node can ever be what the job asks for"),
          entry("BeginTime", "it is not yet to be started"),
          entry("Dependency", "it waits for another job"),
          entry("DependencyNeverSatisfied", "what it waits for can no longer happen"),
          entry("InvalidAccount", "its account is not valid"),
          entry("InvalidQOS", "its quality of service is not valid"),
          entry("JobHeldAdmin", "held by an administrator"),
          entry("JobHeldUser", "held by the user"),
          entry("JobHoldMaxRequeue", "held, it was put back into the queue too often"),
          entry("JobLaunchFailure", "killed by a signal, or could not be launched"),
          entry("PartitionConfig", "the partition can never run it as it is"),
          entry("PartitionDown", "its partition is down"),
          entry("PartitionInactive", "its partition is inactive"),
          entry("PartitionNodeLimit", "more nodes than the partition allows or has"),
          entry("PartitionTimeLimit", "longer than the partition allows"),
          entry("Priority", "others go first"),
          entry("ReqNodeNotAvail", "a node that it asks for is not available"),
          entry("ReservationDeleted", "held, its reservation was deleted"),
          entry("Resources", "it waits for resources"));

  private static final Map<String, FailureCause> CAUSES =
      Map.of(
          "NonZeroExitCode", FailureCause.EXIT_CODE,
          "OutOfMemory", FailureCause.OUT_OF_MEMORY,
          "TimeLimit", FailureCause.TIME_LIMIT,
          "NodeDown", FailureCause.NODE_FAILURE,
          "BadConstraints", FailureCause.REJECTED,
          "PartitionConfig", FailureCause.REJECTED,
          "InvalidAccount", FailureCause.REJECTED,
          "InvalidQOS", FailureCause.REJECTED);

  /** What newer versions say where files of the script could not be opened. */
  private static final String FILES = "RaisedSignal:53";

  private static final Pattern SIGNAL = Pattern.compile("RaisedSignal:([0-9]{1,2})\\b.*");

  boolean isHold() {
    if (text.indexOf(',') < 0) {
      return isHold(text);
    }
    return Arrays.stream(text.split(",", -1))
        .map(part -> part.strip())
        .anyMatch(SlurmReason::isHold);
  }

  private static boolean isHold(String reason) {
    return HOLDS.contains(reason) || HOLDS.contains(reason.replace('_', ' '));
  }

  /** Tells why a job is FAILED; null where Slurm gives the same reason for different things. */
  @Nullable FailureCause failure() {
    if (isAboutFiles()) {
      return FailureCause.REJECTED;
    }
    return signal() == null ? CAUSES.get(text) : FailureCause.SIGNAL;
  }

  /** Tells which signal has ended the job, or null if none has. */
  @Nullable Integer signal() {
    Matcher matcher = SIGNAL.matcher(text);
    return matcher.matches() && !isAboutFiles() ? Integer.valueOf(matcher.group(1)) : null;
  }

  private boolean isAboutFiles() {
    return text.startsWith(FILES);
  }

  /** Tells whether Slurm cancels jobs by itself for this reason. */
  boolean isSchedulersOwnCancel() {
    return text.equals("DependencyNeverSatisfied");
  }

  /** Gives the reason for people, or null if there is none. */
  @Nullable String words() {
    if (text.isBlank() || text.equals("None") || text.equals("(null)")) {
      return null;
    }
    if (isAboutFiles()) {
      return "Slurm could not open the files of the script";
    }
    int comma = text.indexOf(',');
    String words = WORDS.get(comma < 0 ? text : text.substring(0, comma));
    return words == null ? text : text + ": " + words;
  }
}
