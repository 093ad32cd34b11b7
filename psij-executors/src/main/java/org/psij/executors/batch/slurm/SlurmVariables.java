package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.Set;

/** The environment variables that Slurm's commands read, or that its jobs find. */
final class SlurmVariables {
  /**
   * What leads to the cluster, and what proves to it who asks. {@code SLURM_CLUSTERS} does not:
   * sacct takes no notice of it, and would tell the end of another job.
   */
  private static final Set<String> CLUSTER = Set.of("SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT");

  /** Options of the commands, and what an allocation sets. */
  private static final List<String> HIDDEN =
      List.of(
          "SLURM_",
          "SLURMD_",
          "SBATCH_",
          "SALLOC_",
          "SRUN_",
          "SQUEUE_",
          "SACCT_",
          "SCANCEL_",
          "SCONTROL_",
          "SINFO_",
          "PMI_",
          "PMI2_",
          "PMIX_");

  private SlurmVariables() {}

  static boolean isHiddenFromCommands(String variable) {
    return !CLUSTER.contains(variable) && HIDDEN.stream().anyMatch(variable::startsWith);
  }
}
