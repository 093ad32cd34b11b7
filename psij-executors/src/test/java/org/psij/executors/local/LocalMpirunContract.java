package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.testkit.JobExecutorContract;

/** The contracts with mpirun of one MPI, and a real MPI program. */
@Tag("mpi")
abstract class LocalMpirunContract extends JobExecutorContract {
  private final MpiInstallation mpi;

  @TempDir Path mpiFolder;

  LocalMpirunContract(MpiInstallation mpi) {
    this.mpi = mpi;
  }

  @BeforeEach
  void requireMpi() {
    mpi.require();
  }

  /** Open MPI may take longer to end its processes than the default time of grace. */
  @Override
  public JobExecutor open(JobExecutorConfig config) {
    LocalExecutorConfig patient =
        LocalExecutorConfig.builder().from(config).terminationGrace(Duration.ofSeconds(30)).build();
    return JobExecutor.getInstance("local", null, null, patient);
  }

  @Override
  public String launcher() {
    return "mpirun";
  }

  @Override
  public JobSpec.Builder prepare(JobSpec.Builder spec) {
    try {
      // the mpiruns of Open MPI that run at once would share a session directory
      Path session = Files.createTempDirectory(mpiFolder, "s");
      return spec.environmentVariable("PATH", mpi.path(mpiFolder))
          .environmentVariable("OMPI_MCA_orte_tmpdir_base", session.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void mpiProgramRunsOnAllRanks() throws Exception {
    Path hello = mpi.compileHello(mpiFolder);
    JobExecutorConfig config =
        JobExecutorConfig.builder().workDirectory(mpiFolder.resolve("work")).build();
    try (JobExecutor executor = open(config)) {
      Job job =
          new Job(
              prepare(JobSpec.builder(hello.toString()).launcher("mpirun"))
                  .resources(ResourceSpecV1.builder().processCount(3).build())
                  .stdoutPath(mpiFolder.resolve("out"))
                  .build());
      executor.submit(job);
      assertThat(job.waitFor(patience())).extracting("state").isEqualTo(JobState.COMPLETED);
    }
    assertThat(Files.readAllLines(mpiFolder.resolve("out")))
        .containsExactlyInAnyOrder("rank 0 of 3", "rank 1 of 3", "rank 2 of 3");
  }
}
