package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobExecutor;

/** The files that tell the scripts of jobs where to knock. */
final class WatchersTest {
  @TempDir Path folder;

  private JobExecutor open(BatchExecutorConfig.Builder config) {
    return JobExecutor.getInstance("slurm", null, null, config.workDirectory(folder).build());
  }

  private List<Path> watchers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("slurm/watchers"))) {
      return files.toList();
    }
  }

  @Test
  void executorThatListensSaysWhereUntilItIsClosed() throws IOException {
    try (JobExecutor executor = open(BatchExecutorConfig.builder())) {
      assertThat(executor.getName()).isEqualTo("slurm");
      assertThat(watchers()).hasSize(1);
      assertThat(Files.readAllLines(watchers().get(0)))
          .allMatch(line -> line.matches("[0-9a-f.:%a-z]+ [0-9]+"))
          .last()
          .asString()
          .startsWith("127.0.0.1 ");
    }
    assertThat(watchers()).isEmpty();
  }

  @Test
  void executorWithoutHintsHasNone() throws IOException {
    try (JobExecutor executor = open(BatchExecutorConfig.builder().withoutHints())) {
      assertThat(executor.getName()).isEqualTo("slurm");
      assertThat(watchers()).isEmpty();
    }
  }

  @Test
  void executorWhosePortIsTakenGoesOnWithoutHints() throws IOException {
    try (DatagramSocket taken = new DatagramSocket();
        JobExecutor executor = open(BatchExecutorConfig.builder().hintPort(taken.getLocalPort()))) {
      assertThat(executor.recover()).isEmpty();
      assertThat(watchers()).isEmpty();
    }
  }

  @Test
  void watcherOfAProcessThatIsGoneIsRemovedAndThatOfALivingOneStays() throws IOException {
    try (JobExecutor living = open(BatchExecutorConfig.builder())) {
      assertThat(living.getName()).isEqualTo("slurm");
      List<Path> before = watchers();
      Files.writeString(
          folder.resolve("slurm/watchers").resolve(UUID.randomUUID().toString()), "127.0.0.1 9\n");
      try (JobExecutor later = open(BatchExecutorConfig.builder().withoutHints())) {
        assertThat(later.getName()).isEqualTo("slurm");
        assertThat(watchers()).containsExactlyElementsOf(before);
      }
    }
  }
}
