package org.psij.executors.batch.pbs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobState;
import org.psij.QueuedJob;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ShownRows;
import org.psij.executors.batch.Testbed;

/** With the Torque commands that Slurm brings along. */
@Tag("testbed")
final class TorqueLiveQueueTest {
  private final QueueDialect queue = new TorqueScheduler().queue();
  private final List<String> submitted = new ArrayList<>();

  @BeforeEach
  void requireScheduler() {
    Testbed.require("pbs_classic");
  }

  @AfterEach
  void deleteJobs() throws Exception {
    for (String id : submitted) {
      output("qdel", id);
    }
  }

  @Test
  void jobThatNobodyHereHasSubmittedIsShown(@TempDir Path dir) throws Exception {
    Path script = Files.writeString(dir.resolve("job.sh"), "#!/bin/sh\nsleep 60\n");
    String id =
        submit("-h", "-N", "psij-held", "-q", "long", "-l", "nodes=2:ppn=3", script.toString());

    QueuedJob job = job(id);

    assertThat(job.getName()).isEqualTo("psij-held");
    assertThat(job.getUser()).isEqualTo(System.getProperty("user.name"));
    assertThat(job.getQueues()).containsExactly("long");
    assertThat(job.getNativeState()).isEqualTo("Q");
    assertThat(job.getState()).isEqualTo(JobState.QUEUED);
    assertThat(job.getNodes()).isEmpty();
    assertThat(job.getNodeCount()).isEqualTo(2);
    assertThat(job.getCpusPerNode()).isEqualTo(3);
    assertThat(job.getSubmitTime())
        .isBetween(Files.getLastModifiedTime(script).toInstant().minusSeconds(1), Instant.now());
    assertThat(job.getStartTime()).isNull();
  }

  private QueuedJob job(String id) throws Exception {
    List<String> command = queue.commands().get(0);
    byte[] output = output(command.toArray(String[]::new)).getBytes(UTF_8);
    return ShownRows.jobs(queue, command, output).stream()
        .filter(job -> job.getNativeId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private String submit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("qsub"));
    command.addAll(List.of(arguments));
    String id = output(command.toArray(String[]::new)).strip();
    submitted.add(id);
    return id;
  }

  private static String output(String... command) throws IOException, InterruptedException {
    String[] located = command.clone();
    located[0] = Path.of(System.getenv("PSIJ_PBS_CLASSIC_COMMAND_FOLDER"), command[0]).toString();
    ProcessBuilder builder = new ProcessBuilder(located);
    builder.environment().put("TZ", "UTC");
    builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
