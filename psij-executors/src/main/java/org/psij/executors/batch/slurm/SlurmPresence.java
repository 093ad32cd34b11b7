package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.regex.Pattern;
import org.psij.executors.batch.PresenceDialect;

/** Slurm is where sbatch is: no other scheduler has a command of that name. */
final class SlurmPresence implements PresenceDialect {
  private static final Pattern NO_CLUSTER =
      Pattern.compile(
          "Could not establish a configuration source|Unable to process configuration file");

  @Override
  public String program() {
    return "sbatch";
  }

  @Override
  public List<String> variablesOfJobs() {
    return List.of("SLURM_JOB_ID");
  }

  @Override
  public boolean isWithoutCluster(String words) {
    return NO_CLUSTER.matcher(words).find();
  }
}
