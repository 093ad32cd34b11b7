package org.psij.executors.batch;

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
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.Timer;

final class HintSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final String jobId = UUID.randomUUID().toString();
  private final Surroundings surroundings = new Surroundings();
  private final Timer timer = new Timer("psij-hint-test");
  private HintSocket hints;
  private DatagramSocket sender;
  private int port;

  @BeforeEach
  void open() throws IOException {
    hints = HintSocket.join(0);
    port = port(hints);
    sender = new DatagramSocket();
    JobSpec spec = JobSpec.builder("/bin/true").build();
    hints.add(
        jobId, new BatchRun(new Job(spec), spec, new JobDirectory(folder), "12", surroundings));
  }

  @AfterEach
  void close() {
    sender.close();
    timer.close();
    hints.leave();
    await().atMost(PATIENCE).until(() -> !isListening());
  }

  private static int port(HintSocket hints) throws IOException {
    List<String> addresses = hints.addresses();
    String last = addresses.get(addresses.size() - 1);
    return Integer.parseInt(last.substring(last.indexOf(' ') + 1));
  }

  private static boolean isListening() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("psij-hint") && thread.isAlive());
  }

  private void send(byte[] bytes) throws IOException {
    sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
  }

  private void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  private void scriptWrites(String lines) throws IOException {
    Files.writeString(folder.resolve("status.1"), lines);
  }

  private JobStatus awaitEnd() throws IOException {
    scriptWrites("1.5 ACTIVE\n2.5 COMPLETED exit=0\n");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              send(jobId);
              return surroundings.told.stream().anyMatch(JobStatus::isFinal);
            });
    return surroundings.told.stream().filter(JobStatus::isFinal).findFirst().orElseThrow();
  }

  @Test
  void hintBringsTheNews() throws IOException {
    assertThat(awaitEnd().getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void fileThatIsLateIsFoundByTheRereadsAfterOneHint() throws IOException {
    send(jobId);
    await().atMost(PATIENCE).until(() -> surroundings.delayed.get() > 0);
    scriptWrites("1.5 ACTIVE\n");
    await().atMost(PATIENCE).until(() -> !surroundings.told.isEmpty());
  }

  @Test
  void forgedDatagramsChangeNothing() throws IOException {
    send(jobId + " COMPLETED exit=0");
    send(jobId + "\n");
    send("");
    send(UUID.randomUUID().toString());
    send(new byte[] {0, (byte) 0xff, 10});
    send(jobId + "x".repeat(40_000));
    send(jobId); // causes a look, which finds nothing
    await().atMost(PATIENCE).until(() -> surroundings.delayed.get() > 0);
    assertThat(surroundings.told).isEmpty();
    assertThat(awaitEnd().getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void floodCausesFewLooks() throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      send(jobId);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    await().atMost(PATIENCE).until(() -> surroundings.delayed.get() > 0);
    assertThat(surroundings.delayed.get()).isLessThan((int) (300 * seconds) + 20);
    assertThat(surroundings.told).isEmpty();
    assertThat(awaitEnd().getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void executorsShareTheSocketAndTheLastOneClosesIt() throws IOException {
    HintSocket second = HintSocket.join(0);
    assertThat(second).isSameAs(hints);
    second.leave();
    assertThat(isListening()).isTrue();
    assertThat(awaitEnd().getState()).isEqualTo(JobState.COMPLETED);
  }

  /** Takes note of what is told, and of each look that is to be repeated. */
  private final class Surroundings extends QuietSurroundings {
    final Queue<JobStatus> told = new ConcurrentLinkedQueue<>();
    final AtomicInteger delayed = new AtomicInteger();

    @Override
    public void report(Job job, JobStatus status) {
      told.add(status);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      delayed.incrementAndGet();
      timer.after(delay, task);
    }
  }
}
