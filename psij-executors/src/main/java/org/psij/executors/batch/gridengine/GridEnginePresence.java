package org.psij.executors.batch.gridengine;

import java.util.List;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;

/** Grid Engine is told from PBS by the help of qstat: its version, then its own usage. */
final class GridEnginePresence implements PresenceDialect {
  private static final Pattern USAGE =
      Pattern.compile("^usage: qstat \\[options\\]", Pattern.MULTILINE);

  private static final Pattern NO_CLUSTER =
      Pattern.compile(
          "Please set the environment variable SGE_ROOT"
              + "|(?:SGE_ROOT|cell) directory \\S* *(?:doesn't exist|does not exist)");

  @Override
  public String program() {
    return "qsub";
  }

  @Override
  public List<String> originCommand() {
    return List.of("qstat", "-help");
  }

  @Override
  public Origin origin(CommandResult result) {
    return USAGE.matcher(result.stdout() + "\n" + result.stderr()).find()
        ? Origin.OWN
        : Origin.FOREIGN;
  }

  @Override
  public List<String> variablesOfJobs() {
    return List.of("JOB_ID", "SGE_TASK_ID");
  }

  @Override
  public boolean isWithoutCluster(String words) {
    return NO_CLUSTER.matcher(words).find();
  }
}
