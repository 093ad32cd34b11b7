package org.psij.executors.batch.gridengine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/**
 * What {@code qstat -j -xml} tells of jobs. Only two elements of each are looked at, whatever
 * stands around them; unknown jobs are left out.
 */
final class JobDetails {
  private static final Pattern NUMBER = Pattern.compile("^([0-9]+)</JB_job_number>");
  private static final Pattern SCRIPT = Pattern.compile("<JB_script_file>([^<]*)</JB_script_file>");

  private JobDetails() {}

  /** The paths of the scripts by job. */
  static Map<String, String> scripts(CommandResult result) {
    if (result.exitCode() != 0 || !result.stdout().contains("<")) {
      throw new CommandException("Grid Engine does not tell about its jobs", result);
    }
    Map<String, String> scripts = new HashMap<>();
    for (String job : List.of(result.stdout().split("<JB_job_number>", -1))) {
      Matcher number = NUMBER.matcher(job);
      Matcher script = SCRIPT.matcher(job);
      if (number.find() && script.find()) {
        scripts.put(number.group(1), script.group(1));
      }
    }
    return scripts;
  }
}
