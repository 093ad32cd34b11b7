package org.psij.executors.batch.lsf;

import java.util.List;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;

/** LSF, by bsub(1); Slurm brings a bsub of its own, which lacks what the dialect needs. */
final class LsfPresence implements PresenceDialect {
  private static final Pattern VERSION = Pattern.compile("\\bLSF\\b.*\\d", Pattern.MULTILINE);

  private static final Pattern NO_CLUSTER =
      Pattern.compile("LSF_ENVDIR|lsf\\.conf|Bad configuration environment");

  @Override
  public String program() {
    return "bsub";
  }

  @Override
  public List<String> originCommand() {
    return List.of("bsub", "-V");
  }

  @Override
  public Origin origin(CommandResult result) {
    String words = result.stdout() + "\n" + result.stderr();
    return VERSION.matcher(words).find() || isWithoutCluster(words) ? Origin.OWN : Origin.FOREIGN;
  }

  @Override
  public List<String> variablesOfJobs() {
    return List.of("LSB_JOBID");
  }

  @Override
  public boolean isWithoutCluster(String words) {
    return NO_CLUSTER.matcher(words).find();
  }
}
