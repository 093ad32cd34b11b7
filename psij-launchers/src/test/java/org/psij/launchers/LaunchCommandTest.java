package org.psij.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;

/** The command lines of launchers whose programs are not on every machine. */
final class LaunchCommandTest {
  private static final ResourceSpecV1 RESOURCES =
      ResourceSpecV1.builder()
          .nodeCount(2)
          .processesPerNode(4)
          .cpuCoresPerProcess(3)
          .gpuCoresPerProcess(1)
          .build();

  private static List<String> command(String launcher, String executable) {
    return Launcher.getInstance(launcher)
        .getLaunchCommand(
            new Job(JobSpec.builder(executable).arguments("x").resources(RESOURCES).build()));
  }

  @Test
  void srunRestatesAllResources() {
    assertThat(String.join(" ", command("srun", "./a")))
        .endsWith(
            " --nodes 2 --ntasks 8 --ntasks-per-node 4 --cpus-per-task 3 --gpus-per-task 1"
                + " ./a x");
  }

  @Test
  void srunLeavesToTheAllocationWhatTheJobHasLeftToTheScheduler() {
    ResourceSpecV1 resources = ResourceSpecV1.builder().processCount(20).build();
    Job job = new Job(JobSpec.builder("./a").resources(resources).build());
    assertThat(String.join(" ", Launcher.getInstance("srun").getLaunchCommand(job)))
        .contains(" --ntasks 20 ")
        .doesNotContain("node");
  }

  @Test
  void aprunTakesCountsAndDepth() {
    assertThat(String.join(" ", command("aprun", "./a"))).isEqualTo("aprun -n 8 -N 4 -d 3 ./a x");
  }

  @Test
  void colonDoesNotReachSrunAsAWord() {
    JobSpec spec = JobSpec.builder("./a").arguments(":", "it's").build();
    assertThat(Launcher.getInstance("srun").getLaunchCommand(new Job(spec)))
        .endsWith("/bin/sh", "-c", "exec './a' ':' 'it'\\''s'");
  }

  @Test
  void jsrunMakesAResourceSetForEachProcess() {
    assertThat(String.join(" ", command("jsrun", "./a")))
        .isEqualTo(
            "jsrun --nrs 8 --rs_per_host 4 --tasks_per_rs 1 --cpu_per_rs 3 --gpu_per_rs 1 ./a x");
  }

  @Test
  void executableThatLooksLikeAnOptionIsRefused() {
    for (String launcher : List.of("srun", "aprun", "jsrun", "mpirun")) {
      assertThatThrownBy(() -> command(launcher, "-n"))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("executable")
          .hasMessageContaining("./-n");
    }
  }

  @Test
  void ownMessagesOfLaunchersAreRecognised() {
    assertThat(
            Launcher.getInstance("srun")
                .explainFailure(1, "x\nsrun: error: Unable to create step for job 5: busy\n"))
        .isEqualTo("srun: error: Unable to create step for job 5: busy");
    assertThat(
            Launcher.getInstance("mpirun")
                .explainFailure(1, "There are not enough slots available in the system\nx"))
        .isEqualTo("There are not enough slots available in the system");
    assertThat(Launcher.getInstance("jsrun").explainFailure(127, "bash: jsrun: command not found"))
        .contains("jsrun");
  }
}
