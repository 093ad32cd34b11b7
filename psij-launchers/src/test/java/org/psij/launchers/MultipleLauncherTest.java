package org.psij.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;

final class MultipleLauncherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Ends with the folder, too. */
  private static final String SCRIPT =
      """
      trap 'exit 7' INT
      echo $$ >pid$PSIJ_PROCESS_INDEX.new && mv pid$PSIJ_PROCESS_INDEX.new pid$PSIJ_PROCESS_INDEX
      while [ -d "$PWD" ]; do sleep 0.05; done
      """;

  @TempDir Path folder;

  /** In the background, a shell has its commands ignore it. */
  @Test
  void copiesHearAnInterrupt() throws Exception {
    JobSpec spec =
        JobSpec.builder("/bin/sh")
            .arguments("-c", SCRIPT)
            .resources(ResourceSpecV1.builder().processCount(2).build())
            .build();
    List<String> command = Launcher.getInstance("multiple").getLaunchCommand(new Job(spec));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    for (Path file : List.of(folder.resolve("pid0"), folder.resolve("pid1"))) {
      await().atMost(PATIENCE).until(() -> Files.exists(file));
      String pid = Files.readString(file).strip();
      assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
    }
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
  }
}
