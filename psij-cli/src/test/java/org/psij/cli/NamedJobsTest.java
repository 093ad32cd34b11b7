package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for jobs that somebody has submitted, with jobs of this machine. */
final class NamedJobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A number that is no process id: Linux ends them at four millions. */
  private static final String NOBODY = "2000000000";

  @TempDir Path folder;
  private PsijCommand psij;

  @BeforeEach
  void create() {
    psij = new PsijCommand(folder);
  }

  /** A job with a script: another process can tell its exit code. */
  private String submit(String shellText) throws Exception {
    PsijCommand.Result result =
        psij.run("submit", "-l", "multiple", "--", "/bin/sh", "-c", shellText);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out().strip();
  }

  private static List<String> columns(String line) {
    return List.of(line.split(" +", 6));
  }

  @Test
  void statusTellsWhatRunsAndWhatHasEnded() throws Exception {
    String running = submit("while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done");
    String ended = submit("exit 3");
    await().atMost(PATIENCE).until(() -> !PsijCommand.isRunning(Long.parseLong(ended)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(psij.run("status", running, ended).out().lines().map(this::withoutTime))
                    .containsExactly(
                        running + " ACTIVE - - -", ended + " FAILED - 3 EXIT_CODE exit code 3"));
    assertThat(psij.run("status", running, ended).exitCode()).isZero();
    assertThat(psij.run("status", "--json", ended).out())
        .startsWith("{\"native_id\":\"" + ended + "\",\"state\":\"FAILED\",\"native_state\":null,")
        .contains("\"exit_code\":3,\"cause\":\"EXIT_CODE\"");
    Files.createFile(folder.resolve("go"));
  }

  private String withoutTime(String line) {
    List<String> columns = columns(line);
    return String.join(" ", columns.subList(0, 4)) + " " + columns.get(5).replaceAll(" +", " ");
  }

  @Test
  void idThatMeansNothingIsNamedAndHindersNoOther() throws Exception {
    PsijCommand.Result result = psij.run("status", "nonsense", NOBODY);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(columns(result.out().strip())).startsWith(NOBODY, "FAILED", "-", "-");
    assertThat(result.out()).contains("LOST");
    assertThat(result.err())
        .isEqualTo("psij: nonsense: native_id: must be a process id, was 'nonsense'\n");
    assertThat(psij.run("cancel", NOBODY).exitCode()).isEqualTo(1);
  }

  @Test
  void runningJobsAreListedAndCancelled() throws Exception {
    String first = submit("sleep 300");
    String second = submit("sleep 300");
    assertThat(psij.run("list").out().lines()).containsExactlyInAnyOrder(first, second);
    assertThat(psij.run("list", "--json").out()).matches("\\[\"[0-9]+\",\"[0-9]+\"\\]\n");

    assertThat(psij.run("cancel", first)).isEqualTo(new PsijCommand.Result(0, "", ""));
    await().atMost(PATIENCE).until(() -> !PsijCommand.isRunning(Long.parseLong(first)));
    PsijCommand.Result result = psij.run("cancel", "--wait", second);
    assertThat(result.exitCode()).isZero();
    assertThat(columns(result.out().strip())).startsWith(second, "CANCELED");
    await().atMost(PATIENCE).until(() -> psij.run("list").out().isEmpty());
  }

  @Test
  void waitReturnsWhenAllHaveEnded() throws Exception {
    String good = submit("while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done");
    PsijCommand.Result early = psij.run("wait", "--timeout", "0.2", good);
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).isEqualTo("psij: " + good + ": has not ended in time\n");

    PsijCommand waiting = psij.beside();
    Process process = waiting.start("wait", good);
    Files.createFile(folder.resolve("go"));
    PsijCommand.Result result = waiting.result(process);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(columns(result.out().strip())).startsWith(good, "COMPLETED", "-", "0");

    String bad = submit("exit 3");
    assertThat(psij.run("wait", good, bad).exitCode()).isEqualTo(1);
  }

  private PsijCommand.Result listByAuto(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("list", "-e", "auto"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder = psij.builder(arguments.toArray(String[]::new));
    builder.environment().keySet().removeIf(name -> name.matches("(PSIJ|SLURM|PBS|SGE)_.*"));
    builder.environment().put("PATH", folder.toString());
    return psij.result(builder.start());
  }

  @Test
  void autoTellsWhatItIsAndWhy() throws Exception {
    PsijCommand.Result result = listByAuto();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("psij: auto is local: no scheduler's commands are in PATH: jobs run on this");
    assertThat(listByAuto("--json").err()).doesNotContain("auto is");
  }

  @Test
  void queueFitsItsTerminal() throws Exception {
    submit("while [ -d \"$PWD\" ]; do sleep 0.05; done # " + "x".repeat(300));
    String id = psij.run("list").out().strip();
    PsijCommand.Result result = psij.result(psij.startOnTerminal("queue"));
    assertThat(result.out().lines().map(String::length)).allMatch(width -> width <= 80);
    assertThat(result.out()).contains(id);
    assertThat(psij.run("cancel", "--wait", id).exitCode()).isZero();
  }

  @Test
  void waitShowsItsProgressOnATerminal() throws Exception {
    String ended = submit("exit 3");
    String running = submit("while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done");
    PsijCommand waiting = psij.beside();
    Process process = waiting.startOnTerminal("wait", ended, running);
    await()
        .atMost(PATIENCE)
        .until(() -> psij.read("beside-out").contains("1 of 2 have ended, 1 not COMPLETED"));
    assertThat(psij.read("beside-out")).contains("[" + "#".repeat(15) + ".".repeat(15) + "]");
    Files.createFile(folder.resolve("go"));
    PsijCommand.Result result = waiting.result(process);
    assertThat(result.exitCode()).isEqualTo(1);
    String afterwards = result.out().substring(result.out().lastIndexOf('\033'));
    assertThat(afterwards).contains(ended).contains(running).doesNotContain("have ended");
  }

  @Test
  void attachFollowsTheJobAndReturnsItsExitCode() throws Exception {
    String nativeId = submit("while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done; exit 3");
    PsijCommand attached = psij.beside();
    Process process = attached.start("attach", nativeId);
    await().atMost(PATIENCE).until(() -> psij.read("beside-out").contains("ACTIVE"));
    Files.createFile(folder.resolve("go"));
    PsijCommand.Result result = attached.result(process);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out().lines().map(line -> line.split(" +", 3)[1]))
        .containsExactly("QUEUED", "STAGE_IN", "ACTIVE", "STAGE_OUT", "CLEANUP", "FAILED");
  }

  @Test
  void interruptedAttachLeavesTheJobAlone() throws Exception {
    String nativeId = submit("sleep 300");
    Process process = psij.start("attach", nativeId);
    await().atMost(PATIENCE).until(() -> psij.read("out").contains("ACTIVE"));
    PsijCommand.interrupt(process);
    PsijCommand.Result result = psij.result(process);
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).isEqualTo("psij: interrupted; job " + nativeId + " is left alone\n");
    assertThat(psij.run("cancel", "--wait", nativeId).exitCode()).isZero();
  }
}
