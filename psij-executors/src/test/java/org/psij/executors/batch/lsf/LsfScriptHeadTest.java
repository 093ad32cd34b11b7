package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

/** The head runs in a real bash, with the variables that LSF would set. */
final class LsfScriptHeadTest {
  @TempDir private Path folder;

  private final LsfScheduler lsf = new LsfScheduler();

  private List<String> run(
      ResourceSpecV1.Builder resources, String commands, Map<String, String> environment)
      throws IOException, InterruptedException {
    BatchJob job = LsfSample.job(JobSpec.builder("/bin/true"), resources);
    Path script = folder.resolve("head.sh");
    Files.writeString(script, lsf.scriptHead(job) + commands + "\n");
    ProcessBuilder bash = new ProcessBuilder("/bin/bash", "-u", script.toString());
    bash.environment().clear();
    bash.environment().put("PATH", "/usr/bin:/bin");
    bash.environment().putAll(environment);
    Process process = bash.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private List<String> hosts(ResourceSpecV1.Builder resources, String variable, String value)
      throws Exception {
    return run(resources, "psij_hosts", Map.of(variable, value));
  }

  private static ResourceSpecV1.Builder twoOnEachOfTwo() {
    return ResourceSpecV1.builder().nodeCount(2).processesPerNode(2).cpuCoresPerProcess(3);
  }

  @Test
  void beginsWithTheShellAndEndsWithANewline() {
    String head =
        lsf.scriptHead(LsfSample.job(JobSpec.builder("/bin/true"), ResourceSpecV1.builder()));
    assertThat(head).startsWith("#!/bin/bash\n").endsWith("\n").doesNotContain("#BSUB", "{{");
  }

  @Test
  void nativeIdIsThatOfTheJobOrOfTheElementOfAnArray() throws Exception {
    ResourceSpecV1.Builder one = ResourceSpecV1.builder();
    String print = "echo \"$psij_native_id\"";
    assertThat(run(one, print, Map.of("LSB_JOBID", "12", "LSB_JOBINDEX", "0")))
        .containsExactly("12");
    assertThat(run(one, print, Map.of("LSB_JOBID", "12"))).containsExactly("12");
    assertThat(run(one, print, Map.of("LSB_JOBID", "12", "LSB_JOBINDEX", "4")))
        .containsExactly("12[4]");
  }

  @Test
  void taskIsCountedFromZero() throws Exception {
    ResourceSpecV1.Builder one = ResourceSpecV1.builder();
    String print = "echo \"[$psij_task]\"";
    assertThat(run(one, print, Map.of("LSB_JOBID", "12"))).containsExactly("[]");
    assertThat(run(one, print, Map.of("LSB_JOBINDEX", "0"))).containsExactly("[]");
    assertThat(run(one, print, Map.of("LSB_JOBINDEX", "10"))).containsExactly("[9]");
  }

  @Test
  void eachProcessHasALineWithItsHost() throws Exception {
    assertThat(hosts(twoOnEachOfTwo(), "LSB_MCPU_HOSTS", "hostA 6 hostB 6 "))
        .containsExactly("hostA", "hostA", "hostB", "hostB");
    assertThat(
            hosts(
                twoOnEachOfTwo(),
                "LSB_HOSTS",
                "hostA hostA hostA hostA hostA hostA hostB hostB hostB hostB hostB hostB"))
        .containsExactly("hostA", "hostA", "hostB", "hostB");
  }

  @Test
  void hostsOfALargeJobAreInAFile() throws Exception {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "hostA\n".repeat(6) + "hostB\n".repeat(6));
    assertThat(hosts(twoOnEachOfTwo(), "LSB_DJOB_HOSTFILE", file.toString()))
        .containsExactly("hostA", "hostA", "hostB", "hostB");
  }

  @Test
  void numberOfLinesIsThatOfTheProcessesWhateverTheAllocation() throws Exception {
    assertThat(hosts(twoOnEachOfTwo(), "LSB_MCPU_HOSTS", "hostA 12"))
        .hasSize(4)
        .containsOnly("hostA");
    assertThat(hosts(ResourceSpecV1.builder().processCount(5), "x", "y")).hasSize(5);
    assertThat(hosts(ResourceSpecV1.builder(), "LSB_MCPU_HOSTS", "a 1 b 1")).containsExactly("a");
  }

  @Test
  void variablesForTheRestOfTheScriptAreSet() throws Exception {
    String test =
        "eval \"case LSB_JOBID in $psij_kept) echo kept ;; esac\";"
            + " eval \"case MINE in $psij_kept) echo kept ;; *) echo gone ;; esac\";"
            + " trap : $psij_stop_signals; echo \"[$psij_reserved_codes]\"";
    assertThat(run(ResourceSpecV1.builder(), test, Map.of())).containsExactly("kept", "gone", "[]");
  }
}
