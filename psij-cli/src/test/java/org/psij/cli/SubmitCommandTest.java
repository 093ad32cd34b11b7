package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubmitCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private PsijCommand psij;

  @BeforeEach
  void create() {
    psij = new PsijCommand(folder);
  }

  @Test
  void nativeIdIsPrintedAndTheJobGoesOn() throws Exception {
    Path go = folder.resolve("go");
    PsijCommand.Result result =
        psij.run(
            "submit",
            "--",
            "/bin/sh",
            "-c",
            "while [ -d \"$PWD\" ] && [ ! -e go ]; do sleep 0.05; done; echo $$ >pid");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).matches("[0-9]+\n");
    assertThat(result.err()).isEmpty();

    Files.createFile(go);
    Path pid = folder.resolve("pid");
    await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    assertThat(pid).hasContent(result.out());
  }

  @Test
  void jsonNamesTheJobAndTheExecutor() throws Exception {
    PsijCommand.Result result = psij.run("submit", "--json", "--", "/bin/true");
    assertThat(result.out())
        .matches(
            "\\{\"id\":\"[0-9a-f-]{36}\",\"native_id\":\"[0-9]+\",\"executor\":\"local\"\\}\n");
  }

  @Test
  void waitShowsTheStatesAndReturnsTheExitCode() throws Exception {
    PsijCommand.Result result = psij.run("submit", "--wait", "--", "/bin/sh", "-c", "exit 3");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).matches("[0-9]+\n");
    assertThat(result.err().lines().map(line -> line.split(" +", 3)[1]))
        .containsExactly("QUEUED", "STAGE_IN", "ACTIVE", "STAGE_OUT", "CLEANUP", "FAILED");
  }

  @Test
  void interruptedWaitLeavesTheJobAlone() throws Exception {
    Process process = psij.start("submit", "--wait", "--", "sleep", "300");
    await().atMost(PATIENCE).until(() -> psij.read("out").endsWith("\n"));
    await().atMost(PATIENCE).until(() -> psij.read("err").contains("ACTIVE"));
    String nativeId = psij.read("out").strip();

    PsijCommand.interrupt(process);

    PsijCommand.Result result = psij.result(process);
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).endsWith("psij: interrupted; job " + nativeId + " is left alone\n");
    assertThat(PsijCommand.isRunning(Long.parseLong(nativeId))).isTrue();

    assertThat(psij.run("cancel", "--wait", nativeId).exitCode()).isZero();
    assertThat(PsijCommand.isRunning(Long.parseLong(nativeId))).isFalse();
  }

  @Test
  void whatIsRefusedIsSaidOnOneLine() {
    CommandInThisJvm command = new CommandInThisJvm();
    assertThat(command.run("submit", "-e", "fake-scheduler", "--", "a")).isEqualTo(1);
    assertThat(command.err())
        .isEqualTo("psij: 'fakesub' was refused: no such queue; try another\n");
  }

  @Test
  void dryRunShowsTheScriptAndSubmitsNothing() {
    CommandInThisJvm command = new CommandInThisJvm();
    int exitCode = command.run("submit", "-e", "fake-scheduler", "--dry-run", "--", "a", "echo hi");
    assertThat(exitCode).isZero();
    assertThat(command.out()).isEqualTo("#!/bin/bash\necho hi\n");
    assertThat(command.err()).contains("submitted by: fakesub");
  }
}
