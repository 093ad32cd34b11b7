package org.psij.executors.batch.slurm;

import org.psij.JobSpec;

/** With Open MPI, which starts its daemons with srun. */
final class SlurmMpirunContractTest extends SlurmContract {
  SlurmMpirunContractTest() {
    super("mpirun");
  }

  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    return super.prepare(spec)
        .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT", "1")
        .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
  }
}
