package org.psij.executors.batch.gridengine;

import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchContract;

/** The contracts on the Grid Engine of the testbed. */
abstract class GridEngineContract extends BatchContract {
  GridEngineContract(@Nullable String launcher) {
    super("gridengine", launcher);
  }

  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec.attributes(JobAttributes.builder().customAttribute("gridengine.pe", "mpi").build());
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return super.isVariableOfTheSystem(variable) || variable.startsWith("SGE_");
  }
}
