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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.Soak;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.Timer;

/** Whoever knocks, and however often: what the files of the jobs say is told, and nothing else. */
@Tag("attack")
final class HintAttackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DATAGRAMS = Soak.cases(100_000, 2_000_000);
  private static final int JOBS = 20;
  private static final int LOOKS_A_SECOND = 100;
  private static final int READS_A_LOOK = 2; // of what is there, and of the end of the file

  @TempDir Path folder;

  private final Map<String, Path> statusFiles = new LinkedHashMap<>();
  private final Surroundings surroundings = new Surroundings();
  private final Timer timer = new Timer("psij-hint-attack");
  private HintSocket hints;
  private DatagramSocket sender;
  private int port;

  @BeforeEach
  void open() throws IOException {
    hints = HintSocket.join(0);
    String loopback = hints.addresses().get(hints.addresses().size() - 1);
    port = Integer.parseInt(loopback.substring(loopback.indexOf(' ') + 1));
    sender = new DatagramSocket();
    JobSpec spec = JobSpec.builder("/bin/true").build();
    for (int i = 0; i < JOBS; i++) {
      String id = UUID.randomUUID().toString();
      JobDirectory directory = new JobDirectory(Files.createDirectory(folder.resolve(id)));
      statusFiles.put(
          id, Files.writeString(directory.status(1), "1.5 STARTED 12 n\n2.5 STAGE_IN\n3.5 ACT"));
      hints.add(id, new BatchRun(new Job(spec), spec, directory, "12", surroundings));
    }
  }

  @AfterEach
  void close() {
    sender.close();
    timer.close();
    hints.leave();
  }

  private void send(byte[] bytes) throws IOException {
    sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What an attacker may send about a job of which he has learned the id. */
  private static List<byte[]> forgeries(String id) {
    return List.of(
        bytes(id),
        bytes(id),
        bytes(id),
        bytes(id + " COMPLETED exit=0"),
        bytes("4.5 COMPLETED exit=0\n"),
        bytes(id + "\n"),
        bytes("../" + id),
        bytes(UUID.randomUUID().toString()),
        new byte[0],
        new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 0},
        bytes(id.toUpperCase(java.util.Locale.ROOT)));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** How often this process has read from a file; a socket is not read but received from. */
  private static long reads() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("syscr: "))
        .mapToLong(line -> Long.parseLong(line.substring("syscr: ".length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void floodOfForgeriesCausesBoundedWorkAndNoState() throws IOException {
    List<byte[]> datagrams =
        statusFiles.keySet().stream().flatMap(id -> forgeries(id).stream()).toList();
    byte[] oversized = bytes(statusFiles.keySet().iterator().next() + "x".repeat(65_000));
    long heap = heap();
    long reads = reads();
    long start = System.nanoTime();
    for (int i = 0; i < DATAGRAMS; i++) {
      send(i % 1000 == 0 ? oversized : datagrams.get(i % datagrams.size()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long caused = reads() - reads;
    int planned = surroundings.delayed.get();
    long grown = heap() - heap;
    System.out.printf(
        "%d datagrams in %.1f s about %d jobs: %d reads, %d looks planned, heap +%d kB%n",
        DATAGRAMS, seconds, JOBS, caused, planned, grown / 1024);

    double looks = JOBS * (LOOKS_A_SECOND * seconds + 10);
    assertThat((double) caused).isBetween((double) JOBS, looks * READS_A_LOOK + 500);
    assertThat((double) planned).isLessThan(2 * looks);
    assertThat(grown).isLessThan(4 << 20);
    assertThat(surroundings.told)
        .hasSize(JOBS)
        .allMatch(fact -> fact.endsWith(" STAGE_IN null at 1970-01-01T00:00:02.500Z"));

    for (Path file : statusFiles.values()) {
      Files.writeString(file, "IVE\n4.5 FAILED exit=3\n", StandardOpenOption.APPEND);
    }
    for (String id : statusFiles.keySet()) {
      send(bytes(id));
    }
    await().atMost(PATIENCE).until(() -> surroundings.ended.get() == JOBS);
    assertThat(surroundings.told)
        .hasSize(3 * JOBS)
        .filteredOn(fact -> fact.contains(" FAILED 3 at 1970-01-01T00:00:04.500Z"))
        .hasSize(JOBS);

    for (String id : statusFiles.keySet()) {
      send(bytes(id)); // replayed after the end
    }
    await().during(Duration.ofMillis(300)).until(() -> surroundings.told.size() == 3 * JOBS);
  }

  /** A log that grows with every hint would fill the disk. */
  @Test
  void fileThatCannotBeReadIsLookedForAgainAndToldWhenItCan() throws IOException {
    String id = statusFiles.keySet().iterator().next();
    Path file = statusFiles.get(id);
    Files.delete(file);
    Files.createDirectory(file);
    send(bytes(id));
    await().atMost(PATIENCE).until(() -> surroundings.delayed.get() >= 2);
    assertThat(surroundings.told).isEmpty();
    Files.delete(file);
    Files.writeString(file, "4.5 COMPLETED exit=0\n");
    await().atMost(PATIENCE).until(() -> surroundings.ended.get() == 1);
  }

  /** Takes note of what is told, however often, and of each look that is to be repeated. */
  private final class Surroundings extends QuietSurroundings {
    final Set<String> told = ConcurrentHashMap.newKeySet();
    final AtomicInteger delayed = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    @Override
    public void report(Job job, JobStatus status) {
      told.add(
          "%s %s %s at %s"
              .formatted(job.getId(), status.getState(), status.getExitCode(), status.getTime()));
    }

    @Override
    public void after(Duration delay, Runnable task) {
      delayed.incrementAndGet();
      timer.after(delay, task);
    }

    @Override
    public void ended(BatchRun run) {
      ended.incrementAndGet();
    }
  }
}
