package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.executors.batch.Testbed;

/** What {@code auto} becomes in a process that sees certain commands. */
final class AutoTest {
  @TempDir Path folder;

  private List<String> choose(Map<String, String> environment, String... launcher)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.add("-Duser.home=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PrintChoice.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(AutoTest::tellsOfAScheduler);
    builder.environment().putAll(environment);
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    return out.lines().toList();
  }

  private static boolean tellsOfAScheduler(String variable) {
    return variable.startsWith("PSIJ_") || variable.startsWith("SLURM_") || variable.equals("PATH");
  }

  private static String commandFolder(String variable, String scheduler) {
    Testbed.require(scheduler);
    return System.getenv(variable);
  }

  @Test
  void aBareMachineRunsJobsItself() throws Exception {
    assertThat(choose(Map.of("PATH", folder.toString())))
        .containsExactly(
            "local: no scheduler's commands are in PATH: jobs run on this machine", "local");
  }

  @Test
  @Tag("testbed")
  void slurmIsChosenAndNotTheTorqueCommandsOfIt() throws Exception {
    String slurm = commandFolder("PSIJ_SLURM_COMMAND_FOLDER", "slurm");
    String torque = commandFolder("PSIJ_PBS_CLASSIC_COMMAND_FOLDER", "pbs_classic");

    assertThat(choose(Map.of("PATH", torque + ":" + slurm + ":/usr/bin:/bin")))
        .containsExactly(
            "slurm: its commands are in " + slurm + ", and it answers; also here: pbs_classic",
            "slurm");
  }

  @Test
  @Tag("testbed")
  void insideSrunTheAllocationIsTheReason() throws Exception {
    String slurm = commandFolder("PSIJ_SLURM_COMMAND_FOLDER", "slurm");

    List<String> said =
        choose(
            Map.of("PATH", slurm + ":/usr/bin:/bin"),
            slurm + "/srun",
            "--quiet",
            "--ntasks=1",
            "--mem=1000");

    assertThat(said.get(0))
        .matches("slurm: inside allocation [0-9]+ of Slurm, and its commands are in .*");
    assertThat(said).last().isEqualTo("slurm");
  }

  @Test
  @Tag("testbed")
  void theTorqueCommandsAloneAreTorque() throws Exception {
    String torque = commandFolder("PSIJ_PBS_CLASSIC_COMMAND_FOLDER", "pbs_classic");

    assertThat(choose(Map.of("PATH", torque)))
        .containsExactly(
            "pbs_classic: commands that stand in for its own are in " + torque + ", and it answers",
            "pbs_classic");
  }

  @Test
  @Tag("testbed")
  void gridEngineIsChosenByItsFolder() throws Exception {
    String commands = commandFolder("PSIJ_GRIDENGINE_COMMAND_FOLDER", "gridengine");

    assertThat(
            choose(Map.of("PATH", folder.toString(), "PSIJ_GRIDENGINE_COMMAND_FOLDER", commands)))
        .containsExactly(
            "gridengine: its commands are in " + commands + ", and it answers", "gridengine");
  }
}
