package org.psij.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;

/**
 * What becomes of the exit code of srun. The srun here is a fake that ends as the real one has been
 * seen to end; that one runs for real elsewhere.
 */
final class FakeSrunTest {
  @TempDir Path folder;

  private Process start(String fake) throws Exception {
    Path srun = Files.writeString(folder.resolve("srun"), "#!/bin/sh\n" + fake + "\n");
    Files.setPosixFilePermissions(srun, PosixFilePermissions.fromString("rwx------"));
    List<String> command =
        Launcher.getInstance("srun").getLaunchCommand(new Job(JobSpec.builder("./a").build()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    return builder.start();
  }

  @Test
  void exitCodeIsThatOfSrun() throws Exception {
    assertThat(start("exit 0").waitFor()).isZero();
    assertThat(start("exit 7").waitFor()).isEqualTo(7);
  }

  @Test
  void zeroAfterARequestToEndIsNoSuccess() throws Exception {
    Process process =
        start("touch started; while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done; exit 0");
    await().until(() -> Files.exists(folder.resolve("started")));
    process.destroy(); // SIGTERM
    Files.createFile(folder.resolve("go"));
    assertThat(process.waitFor()).isEqualTo(143);
  }
}
