package org.psij.executors.batch.gridengine;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchContract;

/** The contracts on the Grid Engine of the testbed. */
abstract class GridEngineContract extends BatchContract {
  /** What Grid Engine itself sets; {@code qsub(1)}. */
  private static final Set<String> JOB_VARIABLES =
      Set.of(
          "ARC",
          "JOB_ID",
          "JOB_NAME",
          "JOB_SCRIPT",
          "NHOSTS",
          "NQUEUES",
          "NSLOTS",
          "PE",
          "PE_HOSTFILE",
          "QUEUE",
          "REQNAME",
          "REQUEST",
          "RESTARTED",
          "TMP");

  GridEngineContract(@Nullable String launcher) {
    super("gridengine", launcher);
  }

  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    return spec.attributes(JobAttributes.builder().customAttribute("gridengine.pe", "mpi").build());
  }

  @Override
  public boolean isVariableOfTheSystem(String variable) {
    return super.isVariableOfTheSystem(variable)
        || variable.startsWith("SGE_")
        || JOB_VARIABLES.contains(variable);
  }
}
