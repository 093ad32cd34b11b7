package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

final class ScriptHeadTest {
  private static final JobSpec SPEC =
      JobSpec.builder("/bin/date")
          .attributes(JobAttributes.builder().customAttribute("gridengine.pe", "mpi").build())
          .build();

  @TempDir Path folder;

  private String run(
      JobSpec spec, ResourceSpecV1 resources, Map<String, String> variables, String command)
      throws IOException, InterruptedException {
    String head = new GridEngineScheduler().scriptHead(new BatchJob("id", spec, resources));
    assertThat(head).startsWith("#!/bin/bash\n").endsWith("\n").doesNotContain("\n#$", "{{");
    Path script = Files.writeString(folder.resolve("job.sh"), head + command + "\n");
    ProcessBuilder bash = new ProcessBuilder("/bin/bash", script.toString());
    bash.environment().clear();
    bash.environment().putAll(variables);
    Process process = bash.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  private String hosts(ResourceSpecV1.Builder resources, String hostFile) throws Exception {
    Path file = Files.writeString(folder.resolve("pe_hostfile"), hostFile);
    return run(
            SPEC, resources.build(), Map.of("JOB_ID", "7", "PE_HOSTFILE", "" + file), "psij_hosts")
        .replace('\n', ' ');
  }

  private String inPlainJob(JobSpec spec, String command) throws Exception {
    return run(spec, ResourceSpecV1.builder().build(), Map.of("JOB_ID", "7"), command);
  }

  @ParameterizedTest
  @CsvSource({"undefined, 7 []", "3, 7.3 [2]", "10, 7.10 [9]", "'', 7 []"})
  void idIsThatOfTheJobOrItsTask(String task, String expected) throws Exception {
    assertThat(
            run(
                SPEC,
                ResourceSpecV1.builder().build(),
                Map.of("JOB_ID", "7", "SGE_TASK_ID", task),
                "echo \"$psij_native_id [$psij_task]\""))
        .isEqualTo(expected);
  }

  @Test
  void processesFillTheSlotsOfTheirHosts() throws Exception {
    assertThat(hosts(ResourceSpecV1.builder().processCount(3), "vm 3 all.q@vm UNDEFINED\n"))
        .isEqualTo("vm vm vm");
    assertThat(
            hosts(
                ResourceSpecV1.builder().processCount(4).cpuCoresPerProcess(2),
                "a 6 all.q@a UNDEFINED\nb 2 all.q@b UNDEFINED\n"))
        .isEqualTo("a a a b");
  }

  @Test
  void hostMayHaveSlotsInSeveralQueues() throws Exception {
    assertThat(
            hosts(
                ResourceSpecV1.builder().processCount(2).cpuCoresPerProcess(2),
                "a 1 all.q@a UNDEFINED\na 3 short.q@a UNDEFINED\n"))
        .isEqualTo("a a");
  }

  @Test
  void moreSlotsThanNeededAreSpreadAsWanted() throws Exception {
    assertThat(
            hosts(
                ResourceSpecV1.builder().nodeCount(2).processesPerNode(2),
                "a 8 all.q@a UNDEFINED\nb 8 all.q@b UNDEFINED\n"))
        .isEqualTo("a a b b");
    assertThat(
            hosts(
                ResourceSpecV1.builder().nodeCount(2).processesPerNode(2),
                "a 3 all.q@a UNDEFINED\nb 1 all.q@b UNDEFINED\n"))
        .isEqualTo("a a b a");
  }

  @Test
  void oddSlotsStillGiveOneLineAProcess() throws Exception {
    assertThat(
            hosts(
                ResourceSpecV1.builder().processCount(3).cpuCoresPerProcess(2),
                "a 3 all.q@a UNDEFINED\nb 3 all.q@b UNDEFINED\n"))
        .isEqualTo("a b a");
    assertThat(hosts(ResourceSpecV1.builder().processCount(2), "")).hasLineCount(1).contains(" ");
    assertThat(hosts(ResourceSpecV1.builder().processCount(2), "a x\n\nb 08 q")).isEqualTo("a b");
  }

  @Test
  void jobWithoutParallelEnvironmentRunsHere() throws Exception {
    assertThat(inPlainJob(SPEC, "[ \"$(psij_hosts)\" = \"$(uname -n)\" ] && echo same"))
        .isEqualTo("same");
  }

  @Test
  void variablesOfTheSchedulerAreKept() throws Exception {
    String kept =
        "for v in JOB_ID PE_HOSTFILE SGE_ROOT NSLOTS MINE; do"
            + " eval \"case $v in $psij_kept) echo $v ;; esac\"; done";
    assertThat(inPlainJob(SPEC, kept).lines())
        .containsExactly("JOB_ID", "PE_HOSTFILE", "SGE_ROOT", "NSLOTS");
  }

  @Test
  void codesWithAMeaningAreReserved() throws Exception {
    assertThat(inPlainJob(SPEC, "echo $psij_reserved_codes")).isEqualTo("99 100");
  }

  @Test
  void jobIsToldToStopOnlyIfItHasSomethingToDo() throws Exception {
    String signals = "echo \"[$psij_stop_signals]\"";
    assertThat(inPlainJob(SPEC, signals)).isEqualTo("[TERM]");
    JobSpec cleaning = SPEC.toBuilder().cleanup(Path.of("scratch")).build();
    assertThat(inPlainJob(cleaning, signals)).isEqualTo("[TERM USR2]");
    JobSpec limited =
        JobSpec.builder("/bin/date")
            .attributes(JobAttributes.builder().customAttribute("sge.l.s_rt", 60).build())
            .build();
    assertThat(inPlainJob(limited, signals)).isEqualTo("[TERM USR1]");
  }

  @Test
  void warningOfASuspensionEndsNobodyWhoDidNotAskForIt() throws Exception {
    JobSpec cleaning = SPEC.toBuilder().cleanup(Path.of("scratch")).build();
    assertThat(inPlainJob(cleaning, "kill -USR1 $$; sh -c 'kill -USR1 $$; echo alive'"))
        .isEqualTo("alive");
    JobSpec aware =
        cleaning.toBuilder()
            .attributes(JobAttributes.builder().customAttribute("sge.notify", true).build())
            .build();
    assertThat(inPlainJob(aware, "sh -c 'kill -USR1 $$'; echo $?")).contains("138");
  }

  @Test
  void emptyTerminalIsNone() throws Exception {
    assertThat(
            run(
                SPEC,
                ResourceSpecV1.builder().build(),
                Map.of("JOB_ID", "7", "TERM", ""),
                "echo ${TERM-unset}"))
        .isIn("unset", "dumb");
  }
}
