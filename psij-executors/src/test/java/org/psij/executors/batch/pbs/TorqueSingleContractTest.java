package org.psij.executors.batch.pbs;

import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchContract;

/** The contracts with the Torque commands that Slurm brings along. */
final class TorqueSingleContractTest extends BatchContract {
  TorqueSingleContractTest() {
    super("pbs_classic", null);
  }

  /** The default queue takes no job that is longer than an hour. */
  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec.attributes(JobAttributes.builder().queueName("long").build());
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return super.isVariableOfTheSystem(variable)
        || variable.startsWith("PBS_")
        || variable.startsWith("SLURM")
        || variable.startsWith("OMPI_MCA_");
  }
}
