package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.Soak;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.JobArrays;
import org.psij.executors.batch.Testbed;

/** Hints are forged while jobs of a real Slurm run, or do not arrive at all. */
@Tag("testbed")
@Tag("attack")
final class SlurmHintsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int JOBS = 20;
  private static final int DATAGRAMS = Soak.cases(100_000, 1_000_000);

  @TempDir Path folder;
  private CountedCommands commands;
  private Path root;

  @BeforeEach
  void countCommands() throws IOException {
    Testbed.require("slurm");
    commands = new CountedCommands(folder);
    root = folder.resolve("work/slurm");
  }

  private JobExecutor open() {
    return JobExecutor.getInstance(
        "slurm",
        null,
        null,
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(commands.folder())
            .pollingInterval(INTERVAL)
            .jobArrays(JobArrays.NEVER) // the id of each is its hint
            .build());
  }

  private static Job shell(String script) {
    return new Job(JobSpec.builder("/bin/sh").arguments("-c", script).build());
  }

  private Path watcher() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("watchers"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private int port() throws IOException {
    List<String> lines = Files.readAllLines(watcher());
    String last = lines.get(lines.size() - 1);
    return Integer.parseInt(last.substring(last.indexOf(' ') + 1));
  }

  /** What the script of a job has told: the states and their times, to the microsecond. */
  private List<String> written(Job job) throws IOException {
    return Files.readAllLines(root.resolve(job.getId()).resolve("status.1")).stream()
        .map(line -> List.of(line.split(" ", -1)))
        .filter(words -> !words.get(1).equals("STARTED"))
        .map(words -> words.get(1) + " " + words.get(0))
        .toList();
  }

  private static String told(JobStatus status) {
    Instant time = status.getTime();
    return "%s %d.%06d".formatted(status.getState(), time.getEpochSecond(), time.getNano() / 1000);
  }

  private static List<byte[]> forgeries(List<Job> jobs) {
    List<byte[]> all = new ArrayList<>();
    for (Job job : jobs) {
      for (String text :
          List.of(
              job.getId(),
              job.getId() + " COMPLETED exit=0",
              "1700000000.5 CANCELED " + job.getId(),
              job.getNativeId() + "",
              job.getId() + "x".repeat(60_000 / JOBS))) {
        all.add(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  @Test
  void floodWhileJobsRunChangesNothingAboutThem() throws Exception {
    Map<Job, List<JobStatus>> reported = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    try (JobExecutor executor = open();
        DatagramSocket sender = new DatagramSocket()) {
      executor.setJobStatusCallback(
          (job, status) ->
              reported.computeIfAbsent(job, any -> new CopyOnWriteArrayList<>()).add(status));
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        jobs.add(shell("sleep 5; exit " + i % 3));
      }
      assertThat(executor.submitAll(jobs)).isEmpty();
      List<byte[]> forgeries = forgeries(jobs);
      int port = port();
      for (int i = 0; i < DATAGRAMS; i++) {
        byte[] bytes = forgeries.get(i % forgeries.size());
        sender.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
      for (int i = 0; i < JOBS; i++) {
        JobStatus end = jobs.get(i).waitFor(PATIENCE);
        assertThat(end).as("end of %s", jobs.get(i)).isNotNull();
        assertThat(end.getExitCode()).isEqualTo(i % 3);
      }
      for (Job job : jobs) {
        await().atMost(PATIENCE).until(() -> endsIn(reported.get(job)));
        assertThat(reported.get(job))
            .filteredOn(status -> status.getState() != JobState.QUEUED)
            .extracting(SlurmHintsTest::told)
            .containsExactlyElementsOf(written(job));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long questions = commands.count("squeue") + commands.count("sacct");
    System.out.printf(
        "%d datagrams while %d jobs ran: %.1f s, %d questions to Slurm%n",
        DATAGRAMS, JOBS, seconds, questions);
    assertThat((double) questions).isLessThan(2 * (seconds / INTERVAL.toSeconds() + 4));
    assertThat(commands.count("sbatch")).isEqualTo(JOBS);
  }

  private static boolean endsIn(@Nullable List<JobStatus> statuses) {
    return statuses != null && statuses.get(statuses.size() - 1).isFinal();
  }

  @Test
  void endIsNoticedWithoutHints() throws Exception {
    try (JobExecutor executor = open();
        DatagramSocket stranger = new DatagramSocket()) {
      Files.writeString(watcher(), "127.0.0.1 " + stranger.getLocalPort() + "\n");
      Job job = shell("exit 7");
      executor.submit(job);
      JobStatus end = job.waitFor(PATIENCE);
      assertThat(end).isNotNull();
      assertThat(end.getExitCode()).isEqualTo(7);
    }
  }
}
