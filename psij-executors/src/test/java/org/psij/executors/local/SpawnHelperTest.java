package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.executors.work.Signal;
import org.psij.executors.work.Timer;

/**
 * The starter with a resident helper: what children get, what is told of them, what replaces it.
 */
final class SpawnHelperTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path NULL_DEVICE = Path.of("/dev/null");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Timer timer = new Timer("psij-local-timer");
  private Journal journal;
  private HelperStarter starter;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.create(folder.resolve("journal"), UUID.randomUUID().toString());
    for (String job : List.of("job", "orphan", "short")) {
      journal.submitting(Map.of(job, "{\"executable\":\"/bin/true\"}"));
    }
    starter = new HelperStarter(PYTHON, journal, timer);
  }

  @AfterEach
  void close() {
    starter.close();
    timer.close();
    journal.close();
  }

  private StartedProcess start(String jobId, ProcessRequest request) throws IOException {
    return starter.start(Map.of(jobId, request)).get(0).await();
  }

  private ProcessRequest request(Map<String, String> environment, String... command) {
    return new ProcessRequest(
        List.of(command),
        folder,
        true,
        environment,
        NULL_DEVICE,
        folder.resolve("out"),
        folder.resolve("err"),
        false);
  }

  private static ProcessEnd end(StartedProcess process) throws Exception {
    CompletableFuture<ProcessEnd> end = new CompletableFuture<>();
    process.onEnd(end::complete);
    return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private ProcessEnd run(Map<String, String> environment, String... command) throws Exception {
    return end(start("job", request(environment, command)));
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private JournalReader journaled() throws IOException {
    JournalReader reader = JournalReader.ofAll(journal.file());
    reader.read();
    return reader;
  }

  @Test
  void helperIsChosenAndSaysSo() {
    assertThat(starter.describe()).contains("resident spawn helper", PYTHON.toString());
    assertThat(starter.carriesAnyText()).isTrue();
  }

  @Test
  void exitCodeAndSignalAreToldApart() throws Exception {
    ProcessEnd returned = run(Map.of(), "/bin/sh", "-c", "exit 137");
    assertThat(returned.exitCode()).isEqualTo(137);
    assertThat(returned.signal()).isZero();
    ProcessEnd killed = run(Map.of(), "/bin/sh", "-c", "kill -SEGV $$");
    assertThat(killed.exitCode()).isEqualTo(139);
    assertThat(killed.signal()).isEqualTo(11);
  }

  @Test
  void textArrivesByteForByte() throws Exception {
    String text = "a\nb\t\u0001 \u00fc \ud83d\ude00 $(id) `id` '\"\\ ";
    run(
        Map.of("TEXT", text),
        "/bin/sh",
        "-c",
        "printf '%s|%s|%s' \"$1\" \"$2\" \"$TEXT\"",
        "sh",
        text,
        "");
    assertThat(output()).isEqualTo(text + "||" + text);
  }

  @Test
  void environmentIsTheOneOfThisProcessAndNothingOfTheInterpreter() throws Exception {
    run(Map.of(), "/usr/bin/env", "-0");
    Map<String, String> seen = new HashMap<>();
    for (String variable : output().split("\0", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        seen.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    assertThat(seen).isEqualTo(System.getenv());
  }

  @Test
  void nothingIsInheritedUnlessWanted() throws Exception {
    ProcessRequest bare =
        new ProcessRequest(
            List.of("/usr/bin/env"),
            folder,
            false,
            Map.of("A", "1"),
            NULL_DEVICE,
            folder.resolve("out"),
            NULL_DEVICE,
            false);
    end(start("job", bare));
    assertThat(output()).isEqualTo("A=1\n");
  }

  /** Python ignores SIGPIPE and SIGXFSZ, and what is ignored would stay so in every child. */
  @Test
  void signalsAreNeitherIgnoredNorBlocked() throws Exception {
    run(Map.of(), "/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status");
    Map<String, Long> masks = new HashMap<>();
    for (String line : output().strip().split("\n", -1)) {
      masks.put(line.substring(0, 6), Long.parseUnsignedLong(line.substring(7).strip(), 16));
    }
    assertThat(masks.get("SigBlk")).isZero();
    assertThat(masks.get("SigIgn") & (1L << 12 | 1L << 24)).isZero();
  }

  @Test
  void childLeadsASessionAndHasNoOtherDescriptors() throws Exception {
    StartedProcess process =
        start(
            "job",
            request(Map.of(), "/bin/sh", "-c", "cut -d' ' -f5,6 /proc/$$/stat; ls /proc/$$/fd"));
    end(process);
    String pid = String.valueOf(process.id().pid());
    assertThat(output().lines().toList()).containsExactly(pid + " " + pid, "0", "1", "2");
  }

  @Test
  void programIsFoundInThePathOfTheJob() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path tool = Files.writeString(tools.resolve("my-tool"), "echo found $0 $1\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    run(Map.of("PATH", tools + ":/bin"), "my-tool", "x");
    assertThat(output())
        .as("read by sh, as it does not say by whom")
        .isEqualTo("found " + tool + " x\n");
  }

  @Test
  void whatCannotBeStartedIsRefusedWithTheReason() throws Exception {
    assertThatThrownBy(() -> start("job", request(Map.of(), "/no/such/program")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No such file or directory");
    assertThatThrownBy(() -> start("job", request(Map.of(), "/bin/echo", "x".repeat(200_000))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Argument list too long");
    assertThat(journaled().entry("job")).extracting(JournalEntry::mayHaveRun).isEqualTo(false);
  }

  @Test
  void endIsInTheJournalEvenIfNobodyListensAnyMore() throws Exception {
    ProcessId process = start("job", request(Map.of(), "/bin/sh", "-c", "sleep 0.5; exit 7")).id();
    starter.close();
    await().atMost(PATIENCE).until(() -> journaled().entry("job").end() != null);
    JournalEntry entry = journaled().entry("job");
    assertThat(entry.process()).isEqualTo(process);
    assertThat(entry.end().exitCode()).isEqualTo(7);
    await("the helper ends after its last process")
        .atMost(PATIENCE)
        .until(() -> !journaled().hasStarter());
  }

  @Test
  void killedHelperIsReplacedAndWhatItStartedIsNoticed() throws Exception {
    StartedProcess orphan = start("orphan", request(Map.of(), "/bin/sleep", "300"));
    StartedProcess shortLived = start("short", request(Map.of(), "/bin/sleep", "1"));

    killHelper();

    assertThat(end(shortLived).exitCode()).isNull();
    assertThat(run(Map.of(), "/bin/sh", "-c", "exit 3").exitCode()).isEqualTo(3);
    ProcessBuilderStarter.signal(List.of(orphan.id().pid()), Signal.KILL);
    assertThat(end(orphan).exitCode()).as("nobody knows").isNull();
    assertThat(journaled().entry("orphan").end()).isNotNull();
  }

  private void killHelper() throws IOException {
    long helper = helperPid();
    assertThat(ProcessHandle.of(helper).map(ProcessHandle::destroyForcibly)).contains(true);
    await().atMost(PATIENCE).until(() -> ProcessTable.find(helper) == null);
  }

  private long helperPid() throws IOException {
    String journalText = Files.readString(journal.file());
    int start = journalText.lastIndexOf("STARTER ") + "STARTER ".length();
    return Long.parseLong(journalText.substring(start, journalText.indexOf(' ', start)));
  }

  @Test
  void withoutAnInterpreterTheJdkStartsProcesses() throws Exception {
    starter.close();
    starter = new HelperStarter(Path.of("/no/such/python3"), journal, timer);
    assertThat(run(Map.of(), "/bin/sh", "-c", "exit 3").exitCode()).isEqualTo(3);
    assertThat(starter.describe()).contains("ProcessBuilder", "there is no /no/such/python3");
    assertThat(journaled().entry("job").end().exitCode()).isEqualTo(3);
  }

  @Test
  void helperThatFailsItsTestIsNotUsed() throws Exception {
    for (String broken :
        List.of("exit 1", "echo nonsense", "echo ready 3; echo refused 1 2 no; cat", "exec cat")) {
      starter.close();
      Path python = folder.resolve("python");
      Files.writeString(python, "#!/bin/sh\n" + broken + "\n", StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
      starter = new HelperStarter(python, journal, timer);
      assertThat(starter.describe()).as(broken).contains("ProcessBuilder", "fails its self-test");
      assertThat(run(Map.of(), "/bin/sh", "-c", "exit 3").exitCode()).isEqualTo(3);
    }
  }

  @Test
  void interruptedThreadStartsItsProcessAllTheSame() throws Exception {
    Thread.currentThread().interrupt();
    StartedProcess process = start("job", request(Map.of(), "/bin/true"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(end(process).signal()).as("started by the helper").isZero();
    assertThat(journaled().entry("job").process()).isEqualTo(process.id());
  }
}
