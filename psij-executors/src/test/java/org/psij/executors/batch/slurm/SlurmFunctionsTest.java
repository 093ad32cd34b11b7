package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

/** Runs the beginning of a script in a bash that sees what Slurm would set. */
class SlurmFunctionsTest {
  private static final String NODES = "n[1-3]";
  private static final String SCONTROL =
      """
      #!/bin/sh
      case $3 in
        'n[1-3]') printf 'n1\\nn2\\nn3\\n' ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir Path folder;

  @BeforeEach
  void fakeScontrol() throws IOException {
    Path scontrol = Files.writeString(folder.resolve("scontrol"), SCONTROL);
    assertThat(scontrol.toFile().setExecutable(true)).isTrue();
  }

  private String run(
      UnaryOperator<ResourceSpecV1.Builder> resources, Map<String, String> variables, String body)
      throws Exception {
    BatchJob job =
        new BatchJob(
            "id",
            JobSpec.builder("/bin/echo").build(),
            resources.apply(ResourceSpecV1.builder()).build());
    Path script =
        Files.writeString(
            folder.resolve("job.sh"), new SlurmScheduler().scriptHead(job) + body + "\n");
    ProcessBuilder bash = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    bash.environment().keySet().removeIf(name -> name.startsWith("SLURM_"));
    bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    bash.environment().putAll(variables);
    Process process = bash.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private String hosts(
      UnaryOperator<ResourceSpecV1.Builder> resources, String nodes, String tasksPerNode)
      throws Exception {
    return run(
            resources,
            Map.of("SLURM_JOB_NODELIST", nodes, "SLURM_TASKS_PER_NODE", tasksPerNode),
            "psij_hosts")
        .strip()
        .replace('\n', ' ');
  }

  @Test
  void eachProcessHasALine() throws Exception {
    assertThat(hosts(r -> r.nodeCount(3).processesPerNode(2), NODES, "2(x3)"))
        .isEqualTo("n1 n1 n2 n2 n3 n3");
    assertThat(hosts(r -> r.processCount(5), NODES, "2(x2),1")).isEqualTo("n1 n1 n2 n2 n3");
    assertThat(hosts(r -> r.processCount(4).cpuCoresPerProcess(4), NODES, "1,2,1"))
        .isEqualTo("n1 n2 n2 n3");
  }

  @Test
  void aSingleProcessHasOneLineHoweverManyCoresItsNodeHas() throws Exception {
    assertThat(hosts(r -> r, "n7", "16")).isEqualTo("n7");
    assertThat(hosts(r -> r.nodeCount(3), NODES, "16(x3)")).isEqualTo("n1 n2 n3");
  }

  @Test
  void withoutTheCountsOfSlurmProcessesAreSpreadEvenly() throws Exception {
    assertThat(hosts(r -> r.processCount(5), NODES, "")).isEqualTo("n1 n1 n2 n2 n3");
    assertThat(hosts(r -> r.processCount(5), NODES, "1(x3)")).isEqualTo("n1 n2 n3 n1 n1");
  }

  @Test
  void plainListsOfNodesNeedNoCommand() throws Exception {
    assertThat(hosts(r -> r.nodeCount(2), "a,b", "1(x2)")).isEqualTo("a b");
  }

  @Test
  void nodesThatCannotBeToldAreAnError() throws Exception {
    assertThat(run(r -> r, Map.of("SLURM_JOB_NODELIST", "m[1-2]"), "psij_hosts || echo failed"))
        .contains("m[1-2]")
        .endsWith("failed\n");
    assertThat(run(r -> r, Map.of(), "psij_hosts || echo failed")).endsWith("failed\n");
  }

  @Test
  void theNativeIdIsThatOfTheTask() throws Exception {
    assertThat(run(r -> r, Map.of("SLURM_JOB_ID", "12"), "echo $psij_native_id")).isEqualTo("12\n");
    Map<String, String> task =
        Map.of("SLURM_JOB_ID", "15", "SLURM_ARRAY_JOB_ID", "12", "SLURM_ARRAY_TASK_ID", "3");
    assertThat(run(r -> r, task, "echo $psij_native_id")).isEqualTo("12_3\n");
  }

  @Test
  void srunGetsTheEnvironmentAndTheCoresOfTheJob() throws Exception {
    assertThat(
            run(
                r -> r.cpuCoresPerProcess(3),
                Map.of("SLURM_CPUS_PER_TASK", "3", "SLURM_EXPORT_ENV", "NIL"),
                "echo $SRUN_CPUS_PER_TASK $SLURM_EXPORT_ENV"))
        .isEqualTo("3 ALL\n");
  }

  @Test
  void variablesOfSlurmAreKept() throws Exception {
    String body =
        """
        shopt -s extglob
        for name in SLURM_JOB_ID SLURMD_NODENAME CUDA_VISIBLE_DEVICES PMIX_RANK SRUN_CPUS_PER_TASK FOO; do
          [[ $name == @($psij_kept) ]] && echo $name
        done
        echo "$psij_stop_signals,$psij_reserved_codes"
        """;
    assertThat(run(r -> r, Map.of(), body))
        .isEqualTo(
            "SLURM_JOB_ID\nSLURMD_NODENAME\nCUDA_VISIBLE_DEVICES\nPMIX_RANK\nSRUN_CPUS_PER_TASK\nTERM,\n");
  }
}
