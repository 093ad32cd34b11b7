package org.psij.launchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;

/**
 * Which options each MPI is given. The mpirun here is a fake that answers {@code --version} as the
 * real one does and prints its command line; Open MPI 4 and MPICH run for real elsewhere.
 */
final class FakeMpirunTest {
  private static final String OPEN_MPI_4 = "mpirun (Open MPI) 4.1.4";
  private static final String OPEN_MPI_5 = "mpirun (Open MPI) 5.0.6";
  private static final String HYDRA = "HYDRA build details:\n    Version: 4.0.2";
  private static final String INTEL =
      "Intel(R) MPI Library for Linux* OS, Version 2021.11 Build 20231005 (id: 74c4a23)";

  @TempDir Path folder;

  private ResourceSpecV1 resources =
      ResourceSpecV1.builder().processesPerNode(2).nodeCount(2).build();

  private String commandLine(String version, String nodes, String... arguments)
      throws IOException, InterruptedException {
    Path mpirun = folder.resolve("mpirun");
    Files.writeString(
        mpirun,
        "#!/bin/sh\nif [ \"$1\" = --version ]; then cat <<'E'\n"
            + version
            + "\nE\nelse echo x \"$@\"; fi\n");
    Files.setPosixFilePermissions(mpirun, PosixFilePermissions.fromString("rwx------"));
    Path nodeFile = Files.writeString(folder.resolve("nodes"), nodes);
    Job job = new Job(JobSpec.builder("./a").arguments(arguments).resources(resources).build());
    List<String> command = Launcher.getInstance("mpirun").getLaunchCommand(job);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("PSIJ_NODEFILE", nodeFile.toString());
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return printed.replaceFirst("^x ", "").replace("--allow-run-as-root ", "");
  }

  @Test
  void openMpiMayPutMoreProcessesOnANodeThanItHasCores() throws Exception {
    for (String version : List.of(OPEN_MPI_4, OPEN_MPI_5)) {
      assertThat(commandLine(version, "a\na\na\na\n"))
          .isEqualTo("--map-by :OVERSUBSCRIBE -n 4 ./a");
      assertThat(commandLine(version, "a\na\nb\nb\n"))
          .isEqualTo("--map-by ppr:2:node:OVERSUBSCRIBE -n 4 ./a");
    }
  }

  @Test
  void hydraAndIntelMpiAreToldProcessesPerNodeWhenThereAreSeveral() throws Exception {
    for (String version : List.of(HYDRA, INTEL)) {
      assertThat(commandLine(version, "a\na\na\na\n")).isEqualTo("-n 4 ./a");
      assertThat(commandLine(version, "a\na\nb\nb\n")).isEqualTo("-ppn 2 -n 4 ./a");
    }
  }

  @Test
  void processesThatTheSchedulerHasSpreadAreNotPutOnOneNode() throws Exception {
    resources = ResourceSpecV1.builder().processCount(4).build();
    assertThat(commandLine(OPEN_MPI_4, "a\na\na\nb\n"))
        .isEqualTo("--map-by :OVERSUBSCRIBE -n 4 ./a");
    assertThat(commandLine(HYDRA, "a\na\na\nb\n")).isEqualTo("-n 4 ./a");
  }

  @Test
  void processOfSeveralCoresIsNotBoundToOne() throws Exception {
    resources = ResourceSpecV1.builder().processCount(2).cpuCoresPerProcess(8).build();
    assertThat(commandLine(OPEN_MPI_4, "a\na\n"))
        .isEqualTo("--bind-to none --map-by :OVERSUBSCRIBE -n 2 ./a");
    assertThat(commandLine(HYDRA, "a\na\n")).isEqualTo("-n 2 ./a");
  }

  @Test
  void loneColonDoesNotStartAnotherProgram() throws Exception {
    assertThat(commandLine(HYDRA, "a\n", ":", "it's"))
        .isEqualTo("-n 4 /bin/bash -p -c exec './a' ':' 'it'\\''s'");
  }
}
