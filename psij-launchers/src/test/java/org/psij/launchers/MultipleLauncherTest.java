package org.psij.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  private Process start(String script) throws IOException {
    JobSpec spec =
        JobSpec.builder("/bin/sh")
            .arguments("-c", script)
            .resources(ResourceSpecV1.builder().processCount(2).build())
            .build();
    List<String> command = Launcher.getInstance("multiple").getLaunchCommand(new Job(spec));
    return new ProcessBuilder(command).directory(folder.toFile()).start();
  }

  private List<String> pids() throws IOException {
    List<String> pids = new ArrayList<>();
    for (Path file : List.of(folder.resolve("pid0"), folder.resolve("pid1"))) {
      await().atMost(PATIENCE).until(() -> Files.exists(file));
      pids.add(Files.readString(file).strip());
    }
    return pids;
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** In the background, a shell may have its commands ignore it. */
  @Test
  void copiesHearAnInterrupt() throws Exception {
    Process process = start(SCRIPT);
    for (String pid : pids()) {
      signal("INT", pid);
    }
    assertThat(end(process)).isEqualTo(7);
  }

  @Test
  void copiesThatTakeALastStepWhenToldToStopAreWaitedFor() throws Exception {
    Process process = start(SCRIPT.replace("exit 7' INT", "sleep 0.3; echo >last; exit 7' TERM"));
    List<String> pids = pids();
    signal("TERM", String.valueOf(process.pid()));
    for (String pid : pids) {
      signal("TERM", pid);
    }
    assertThat(end(process)).isEqualTo(7);
    assertThat(folder.resolve("last")).exists();
  }
}
