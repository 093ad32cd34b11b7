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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jobs have written, on the command line. */
final class JobFilesCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private PsijCommand psij;

  @BeforeEach
  void create() {
    psij = new PsijCommand(folder);
  }

  private String submit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("submit", "--stdout", "job.out"));
    command.addAll(List.of(arguments));
    PsijCommand.Result result = psij.run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out().strip();
  }

  private List<Path> jobDirectories() throws Exception {
    try (var files = Files.list(folder.resolve(".psij/work/local"))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}")).toList();
    }
  }

  @Test
  void logsFollowAJobToItsLastByte() throws Exception {
    String id =
        submit(
            "--",
            "/bin/sh",
            "-c",
            "echo one; while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done; printf two");

    Process process = psij.start("logs", "-f", id);
    await().atMost(PATIENCE).until(() -> psij.read("out").equals("one\n"));
    assertThat(process.isAlive()).isTrue();
    Files.createFile(folder.resolve("go"));

    PsijCommand.Result result = psij.result(process);
    assertThat(result.out()).isEqualTo("one\ntwo");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void interruptedLogsLeaveTheJobAlone() throws Exception {
    String id = submit("--", "/bin/sh", "-c", "echo one; exec sleep 300");
    Process process = psij.start("logs", "--follow", id);
    await().atMost(PATIENCE).until(() -> psij.read("out").equals("one\n"));

    PsijCommand.interrupt(process);

    PsijCommand.Result result = psij.result(process);
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).isEqualTo("psij: interrupted; job " + id + " is left alone\n");
    assertThat(PsijCommand.isRunning(Long.parseLong(id))).isTrue();
    ProcessHandle.of(Long.parseLong(id)).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void fetchOverwritesOnlyOnRequest() throws Exception {
    String id = submit("--wait", "--", "/bin/echo", "out");
    Path copy = Files.createDirectory(folder.resolve("results")).resolve("stdout");
    Files.writeString(copy, "mine");

    PsijCommand.Result refused = psij.run("fetch", id, "results");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("results/stdout: is there already");
    assertThat(copy).hasContent("mine");

    assertThat(psij.run("fetch", "--overwrite", id, "results").out()).isEqualTo("results/stdout\n");
    assertThat(copy).hasContent("out");
  }

  @Test
  void ageOfWhatIsRemovedHasAUnit() throws Exception {
    PsijCommand.Result result = psij.run("clean", "--older-than", "7", "--yes");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'--older-than'", "such as 7d, was '7'");
  }

  @ParameterizedTest
  @CsvSource({"y, 0, 0", "n, 1, 1", "'', 1, 1"})
  void cleanAsksOnATerminal(String answer, int exitCode, int left) throws Exception {
    Path script = Files.writeString(folder.resolve("pre.sh"), ":\n");
    submit("--wait", "--pre-launch", script.toString(), "--", "/bin/true");

    Path typed = Files.writeString(folder.resolve("typed"), answer + "\n");
    PsijCommand.Result result =
        psij.result(psij.startOnTerminal(typed, "clean", "--older-than", "0"));

    assertThat(result.out()).contains("Remove them? [y/N]");
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(jobDirectories()).hasSize(left);
  }

  @Test
  void cleanShowsFirstAndRemovesOnRequest() throws Exception {
    Path script = Files.writeString(folder.resolve("pre.sh"), ":\n");
    submit("--wait", "--pre-launch", script.toString(), "--", "/bin/true");
    Path directory = jobDirectories().get(0);

    PsijCommand.Result shown = psij.run("clean", "--older-than", "0");
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out()).startsWith("ENDED").containsPattern(" 1 +- +" + directory + "\n");
    assertThat(shown.err()).isEqualTo("psij: nothing is removed; --yes removes what is shown\n");
    assertThat(directory).exists();

    assertThat(psij.run("clean", "--older-than", "0", "--yes").exitCode()).isZero();
    assertThat(jobDirectories()).isEmpty();
  }
}
