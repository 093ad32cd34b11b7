package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private PsijCommand psij;

  @BeforeEach
  void create() {
    psij = new PsijCommand(folder);
  }

  @Test
  void outputIsPassedThroughAndStatesGoToStandardError() throws Exception {
    PsijCommand.Result result = psij.run("run", "--", "/bin/echo", "hello");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("hello\n");
    assertThat(result.err().lines().map(line -> line.split(" +", 3)[1]))
        .containsExactly("QUEUED", "STAGE_IN", "ACTIVE", "STAGE_OUT", "CLEANUP", "COMPLETED");
  }

  @Test
  void exitCodeIsThatOfTheJob() throws Exception {
    PsijCommand.Result result = psij.run("run", "-q", "/bin/sh", "-c", "echo oops >&2; exit 3");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("oops\n");
  }

  @Test
  void optionsDescribeTheJob() throws Exception {
    PsijCommand.Result result =
        psij.run(
            "run",
            "--json",
            "-l",
            "multiple",
            "--process-count",
            "2",
            "--env",
            "A=x=y",
            "--stdout",
            "out.txt",
            "--",
            "/bin/sh",
            "-c",
            "echo $A");
    assertThat(result.exitCode()).isZero();
    assertThat(psij.read("out.txt")).isEqualTo("x=y\nx=y\n");
    List<String> states = result.err().lines().toList();
    assertThat(states).hasSize(6).allMatch(line -> line.startsWith("{\"id\":"));
    assertThat(states.get(5)).contains("\"state\":\"COMPLETED\"", "\"exit_code\":0");
  }

  @Test
  void documentDescribesTheJobAndOptionsGoBeforeIt() throws Exception {
    Files.writeString(
        folder.resolve("job.json"),
        """
        {"executable": "/bin/sh", "arguments": ["-c", "echo $A $B"], "name": "/bin/sh",
         "environment": {"A": "1", "B": "2"}, "attributes": {}}
        """);
    PsijCommand.Result result = psij.run("run", "-q", "--spec", "job.json", "--env", "B=3");
    assertThat(result.out()).isEqualTo("1 3\n");
  }

  @Test
  void interruptCancelsTheJob() throws Exception {
    Process process = psij.start("run", "--", "/bin/sh", "-c", "echo $$; exec sleep 300");
    await().atMost(PATIENCE).until(() -> psij.read("out").endsWith("\n"));
    long job = Long.parseLong(psij.read("out").strip());

    PsijCommand.interrupt(process);

    PsijCommand.Result result = psij.result(process);
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).contains("CANCELED");
    await().atMost(PATIENCE).until(() -> !PsijCommand.isRunning(job));
  }

  @Test
  void jobThatNobodyReadsAnyMoreIsCanceled() throws Exception {
    ProcessBuilder builder = psij.builder("run", "-q", "--", "timeout", "60", "yes");
    List<String> shell = List.of("/bin/sh", "-c", "\"$@\" | head -n 1", "sh");
    builder.command(Stream.concat(shell.stream(), builder.command().stream()).toList());
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(psij.read("out")).isEqualTo("y\n");
    assertThat(folder.resolve(".psij/work")).isDirectoryNotContaining("glob:**/run-*");
  }

  @Test
  void largeOutputIsPassedThroughWhole() throws Exception {
    PsijCommand.Result result = psij.run("run", "-q", "--", "seq", "1", "300000");
    assertThat(result.out()).startsWith("1\n2\n").endsWith("\n300000\n");
    assertThat(result.out().lines().count()).isEqualTo(300_000);
  }

  @Test
  void whatCannotBeRunIsNamed() throws Exception {
    PsijCommand.Result missing = psij.run("run", "--", "/no/such/program");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).isEqualTo("psij: executable '/no/such/program' does not exist\n");

    PsijCommand.Result executor = psij.run("run", "-e", "nope", "--", "/bin/true");
    assertThat(executor.exitCode()).isEqualTo(2);
    assertThat(executor.err()).contains("nope", "local");
  }
}
