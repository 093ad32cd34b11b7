package org.psij.executors.batch.slurm;

import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchContract;

/** The contracts on the Slurm of the testbed. */
abstract class SlurmContract extends BatchContract {
  SlurmContract(@Nullable String launcher) {
    super("slurm", launcher);
  }

  /** The default partition takes no job that is longer than an hour. */
  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec.attributes(JobAttributes.builder().queueName("long").build());
  }

  /** The Open MPI variables come from the testbed. */
  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return super.isVariableOfTheSystem(variable)
        || variable.startsWith("SLURM")
        || variable.startsWith("OMPI_MCA_");
  }
}
