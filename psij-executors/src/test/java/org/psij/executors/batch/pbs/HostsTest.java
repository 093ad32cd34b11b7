package org.psij.executors.batch.pbs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.psij.executors.batch.pbs.JobDescription.withResources;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchScheduler;

/** The beginning of the script, run by bash. */
final class HostsTest {
  @TempDir private Path directory;

  private List<String> run(
      BatchScheduler scheduler,
      UnaryOperator<ResourceSpecV1.Builder> resources,
      Map<String, String> variables,
      String command)
      throws IOException, InterruptedException {
    Path script = directory.resolve("head.sh");
    Files.writeString(script, scheduler.scriptHead(withResources(resources)) + command + "\n");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path scontrol = bin.resolve("scontrol");
    Files.writeString(
        scontrol, "#!/bin/sh\n[ \"$*\" = 'show hostnames n[1-3]' ] && printf 'n1\\nn2\\nn3\\n'\n");
    assertThat(scontrol.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PBS") || name.startsWith("SLURM"));
    builder.environment().putAll(variables);
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }

  private List<String> hosts(
      BatchScheduler scheduler,
      UnaryOperator<ResourceSpecV1.Builder> resources,
      Map<String, String> variables)
      throws IOException, InterruptedException {
    return run(scheduler, resources, variables, "psij_hosts");
  }

  private Map<String, String> nodeFile(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("node file"), List.of(lines));
    return Map.of("PBS_NODEFILE", file.toString());
  }

  @Test
  void nodeFileOfPbsHasALineForEachProcess() throws Exception {
    assertThat(
            hosts(
                new PbsScheduler(),
                r -> r.nodeCount(2).processesPerNode(2).cpuCoresPerProcess(3),
                nodeFile("a", "a", "b", "b")))
        .containsExactly("a", "a", "b", "b");
  }

  @Test
  void otherNodeFileIsSharedOut() throws Exception {
    assertThat(hosts(new PbsScheduler(), r -> r.processCount(3), nodeFile("a", "b")))
        .containsExactly("a", "a", "a");
    assertThat(
            hosts(new PbsScheduler(), r -> r.nodeCount(2).processesPerNode(2), nodeFile("a", "b")))
        .containsExactly("a", "a", "b", "b");
    assertThat(
            hosts(
                new PbsScheduler(),
                r -> r.nodeCount(4).processesPerNode(1),
                nodeFile("a", "a", "b")))
        .containsExactly("a", "a", "b", "b");
  }

  @Test
  void nodeFileOfTorqueHasALineForEachCore() throws Exception {
    assertThat(
            hosts(
                new TorqueScheduler(),
                r -> r.nodeCount(2).processesPerNode(2).cpuCoresPerProcess(2),
                nodeFile("a", "a", "a", "a", "b", "b", "b", "b")))
        .containsExactly("a", "a", "b", "b");
  }

  @Test
  void slurmTellsItsHosts() throws Exception {
    Map<String, String> nodes = Map.of("SLURM_JOB_NODELIST", "n[1-3]");
    assertThat(
            hosts(
                new TorqueScheduler(),
                r -> r.nodeCount(3).processesPerNode(2).cpuCoresPerProcess(2),
                nodes))
        .containsExactly("n1", "n1", "n2", "n2", "n3", "n3");
    assertThat(hosts(new TorqueScheduler(), r -> r.processCount(2), nodes))
        .containsExactly("n1", "n1");
  }

  @Test
  void withoutAnyListThereIsThisHost() throws Exception {
    String here = run(new PbsScheduler(), r -> r, Map.of(), "uname -n").get(0);

    assertThat(InetAddress.getLocalHost()).isNotNull();
    for (BatchScheduler scheduler : List.of(new PbsScheduler(), new TorqueScheduler())) {
      assertThat(hosts(scheduler, r -> r.processCount(3), Map.of()))
          .isEqualTo(Collections.nCopies(3, here));
    }
  }

  @Test
  void variablesOfTheScriptAreDefined() throws Exception {
    String print =
        "set -u; echo \"$psij_native_id|$psij_kept|$psij_stop_signals|$psij_reserved_codes\"";

    assertThat(run(new PbsScheduler(), r -> r, Map.of("PBS_JOBID", "25[1].vm"), print))
        .containsExactly("25[1].vm|PBS_*|NCPUS|OMP_NUM_THREADS|CUDA_VISIBLE_DEVICES|TERM|");
    assertThat(run(new TorqueScheduler(), r -> r, Map.of("SLURM_JOB_ID", "7"), print))
        .containsExactly("7|PBS_*|SLURM_*|CUDA_VISIBLE_DEVICES|TERM|");
    assertThat(run(new TorqueScheduler(), r -> r, Map.of("PBS_JOBID", "7.server"), print).get(0))
        .startsWith("7.server|");
  }

  @Test
  void onlyATaskOfAnArrayHasAnIndex() throws Exception {
    String print = "set -u; echo \"[$psij_task]\"";
    Map<String, String> task = Map.of("PBS_JOBID", "25[10].vm", "PBS_ARRAY_INDEX", "10");

    assertThat(run(new PbsScheduler(), r -> r, task, print)).containsExactly("[10]");
    assertThat(run(new PbsScheduler(), r -> r, Map.of(), print)).containsExactly("[]");
    assertThat(run(new TorqueScheduler(), r -> r, Map.of(), print)).containsExactly("[]");
    assertThat(new TorqueScheduler().arrays()).isNull();
  }
}
