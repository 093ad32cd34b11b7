package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ScriptPreview;
import org.psij.executors.batch.Testbed;

/** What a job finds in its allocation, with each launcher. */
@Tag("testbed")
final class SlurmAllocationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ResourceSpecV1 TWO_BY_TWO =
      ResourceSpecV1.builder().nodeCount(2).processesPerNode(2).gpuCoresPerProcess(1).build();

  @TempDir Path folder;
  private JobExecutor executor;

  @BeforeEach
  void open() {
    Testbed.require("slurm");
    JobExecutorConfig config =
        JobExecutorConfig.builder().workDirectory(folder.resolve("work")).build();
    executor = JobExecutor.getInstance("slurm", null, null, config);
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  private List<String> run(JobSpec.Builder spec) throws Exception {
    Path out = folder.resolve("out");
    Job job = new Job(spec.stdoutPath(out).stderrPath(folder.resolve("err")).build());
    executor.submit(job);
    assertThat(job.waitFor(PATIENCE))
        .as(() -> "stderr: " + contentOf("err"))
        .extracting("state")
        .isEqualTo(JobState.COMPLETED);
    return Files.readAllLines(out).stream().sorted().toList();
  }

  private String contentOf(String file) {
    return folder.resolve(file).toFile().exists()
        ? org.assertj.core.util.Files.contentOf(folder.resolve(file).toFile(), "UTF-8")
        : "";
  }

  private static JobSpec.Builder shell(String script) {
    return JobSpec.builder("/bin/sh").arguments("-c", script).resources(TWO_BY_TWO);
  }

  @Test
  void srunStartsARankOnEachPlaceWithItsGpu() throws Exception {
    List<String> ranks =
        run(
            shell("echo $SLURMD_NODENAME $SLURM_PROCID ${CUDA_VISIBLE_DEVICES:-none}")
                .launcher("srun"));

    assertThat(ranks).hasSize(4).noneMatch(rank -> rank.endsWith("none"));
    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[0]).distinct()).hasSize(2);
    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[1]).sorted())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void nodeFileHasALineForEachProcess() throws Exception {
    List<String> hosts = run(shell("cat \"$PSIJ_NODEFILE\"").launcher("single"));

    assertThat(hosts).hasSize(4);
    assertThat(hosts.get(0)).isEqualTo(hosts.get(1)).isNotEqualTo(hosts.get(2));
    assertThat(hosts.get(2)).isEqualTo(hosts.get(3));
  }

  @Test
  void mpirunStartsRanksOnBothNodes() throws Exception {
    List<String> ranks =
        run(
            shell("echo $SLURMD_NODENAME $OMPI_COMM_WORLD_RANK")
                .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT", "1")
                .environmentVariable("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")
                .environmentVariable("OMPI_MCA_orte_tmpdir_base", folder.toString())
                .launcher("mpirun"));

    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[0]).distinct()).hasSize(2);
    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[1]).sorted())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void multipleStartsAllProcessesOnTheFirstNode() throws Exception {
    List<String> ranks =
        run(shell("echo $SLURMD_NODENAME $PSIJ_PROCESS_INDEX").launcher("multiple"));

    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[0]).distinct()).hasSize(1);
    assertThat(ranks.stream().map(rank -> rank.split(" ", -1)[1]))
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void nullTakesADirectiveOut() throws Exception {
    ScriptPreview preview = executor.capability(ScriptPreview.class).orElseThrow();
    JobSpec plain = shell("true").build();
    JobSpec without =
        plain.toBuilder()
            .attributes(JobAttributes.builder().customAttribute("slurm.time", null).build())
            .build();

    assertThat(preview.preview(new Job(plain)).script()).contains("#SBATCH --time=");
    assertThat(preview.preview(new Job(without)).script()).doesNotContain("#SBATCH --time");
    assertThat(run(without.toBuilder())).isEmpty();
  }
}
