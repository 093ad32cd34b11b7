package org.psij.executors.batch.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;

/** With Open MPI, which starts its daemons with srun. */
@Tag("launcher")
final class SlurmMpirunContractTest extends SlurmContract {
  @TempDir Path sessions;

  SlurmMpirunContractTest() {
    super("mpirun");
  }

  /** The nodes of the testbed are one host, where jobs at once would share a session directory. */
  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    try {
      return super.prepare(spec)
          .environmentVariable(
              "OMPI_MCA_orte_tmpdir_base", Files.createTempDirectory(sessions, "s").toString())
          .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT", "1")
          .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
