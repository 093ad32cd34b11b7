package org.psij.executors.batch.slurm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * What squeue(1) says about the exit codes of jobs that ended less than {@code MinJobAge} ago: the
 * whole wait status, of which sacct(1) leaves out a bit. Tells of jobs that failed by a code of
 * their own, and of no others; what it does not tell, sacct must.
 */
final class SqueueExitCodes {
  private static final String FORMAT = "--Format=JobArrayID:32,State:20,EndTime:24,exit_code:12";

  /** Each id makes squeue look through all jobs once more. */
  private static final int MOST = 20;

  private static final Pattern FAILED =
      Pattern.compile("([0-9_+]+)\\s+FAILED\\s+(\\S+)\\s+([0-9]{1,9})\\s*");

  private SqueueExitCodes() {}

  /** Gives the command, or none for many jobs. */
  static List<List<String>> commands(List<String> nativeIds) {
    return nativeIds.size() > MOST
        ? List.of()
        : List.of(
            List.of(
                "squeue",
                "--noheader",
                "--all",
                "--array",
                "--states=FAILED",
                FORMAT,
                "--jobs=" + SlurmIds.joined(nativeIds)));
  }

  static boolean isAsked(CommandResult result) {
    return result.command().contains(FORMAT);
  }

  static StatusListing parse(CommandResult result) {
    Map<String, NativeStatus> jobs = new HashMap<>();
    for (String line : result.wholeLines()) {
      Matcher failed = FAILED.matcher(line.strip());
      int waitStatus = failed.matches() ? Integer.parseInt(failed.group(3)) : 0;
      int code = (waitStatus >> 8) & 0xff;
      if (code != 0 && (waitStatus & 0x7f) == 0) {
        jobs.put(
            failed.group(1),
            NativeStatus.builder("FAILED", JobState.FAILED)
                .cause(FailureCause.EXIT_CODE)
                .exitCode(code)
                .endTime(SlurmTime.read(failed.group(2)))
                .build());
      }
    }
    return StatusListing.of(jobs);
  }
}
