package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.executors.batch.BatchScheduler;

class SlurmSchedulerTest {
  private final BatchScheduler slurm = new SlurmExecutorDescriptor().getScheduler();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SQUEUE_FORMAT",
        "SBATCH_PARTITION",
        "SACCT_FEDERATION",
        "SCANCEL_FULL",
        "SALLOC_QOS",
        "SINFO_FORMAT",
        "SRUN_CPUS_PER_TASK",
        "SLURM_JOB_ID",
        "SLURM_TIME_FORMAT",
        "SLURMD_NODENAME",
        "PMI_RANK",
        "PMIX_NAMESPACE"
      })
  void optionsAndTheSurroundingAllocationAreHidden(String variable) {
    assertThat(slurm.isHiddenFromCommands(variable)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLURM_CONF", "SLURM_JWT", "PATH", "HOME", "PMIX", "SLURM"})
  void whatLeadsToTheClusterIsNot(String variable) {
    assertThat(slurm.isHiddenFromCommands(variable)).isFalse();
  }

  @Test
  void jobsAreAskedForByIdInWhateverPartitionAndState() {
    assertThat(slurm.statusCommand(List.of("1", "2_3")))
        .containsExactly(
            "squeue",
            "--noheader",
            "--all",
            "--array",
            "--states=all",
            "--format=%i|%T|%e|%r|%o",
            "--jobs=1,2_3");
    assertThat(slurm.accountingCommands(List.of("1", "2_3")))
        .containsExactly(
            List.of(
                "sacct",
                "--noheader",
                "--parsable2",
                "--allocations",
                "--format=JobID,State,ExitCode,End,UID",
                "--jobs=1,2"),
            List.of(
                "squeue",
                "--noheader",
                "--all",
                "--array",
                "--states=FAILED",
                "--Format=JobArrayID:32,State:20,EndTime:24,exit_code:12",
                "--jobs=1,2_3"));
  }

  @Test
  void anIdCannotBeTakenForAnOption() {
    assertThat(slurm.cancelCommand("-u")).containsExactly("scancel", "--", "-u");
  }

  @Test
  void jobsOfAUserAreListed() {
    assertThat(slurm.listCommand("me"))
        .containsExactly("squeue", "--noheader", "--all", "--array", "--user=me", "--format=%i");
  }
}
