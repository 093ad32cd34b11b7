package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.serialize.JsonJobSpecSerializer;

final class ScriptCommandTest {
  @TempDir Path folder;
  private final CommandInThisJvm psij = new CommandInThisJvm();

  @Test
  void scriptGoesToStandardOutputAndAllElseToStandardError() {
    int exitCode =
        psij.run(
            "script",
            "-e",
            "fake-scheduler",
            "--node-count",
            "2",
            "--processes-per-node",
            "4",
            "--memory",
            "1024",
            "--",
            "sh",
            "echo",
            "--json");
    assertThat(exitCode).isZero();
    assertThat(psij.out()).isEqualTo("#!/bin/bash\necho --json\n");
    assertThat(psij.err().lines())
        .containsExactly(
            "submitted by: fakesub --name 'a b' /srv/jobs/job.sh",
            "nodes: 2",
            "processes: 8",
            "processes per node: 4",
            "memory: 1024 bytes in all");
  }

  @Test
  void jsonHoldsAllOfIt() {
    assertThat(psij.run("script", "-e", "fake-scheduler", "--json", "--", "sh", "x")).isZero();
    assertThat(psij.out())
        .isEqualTo(
            "{\"executor\":\"fake-scheduler\",\"script\":\"#!/bin/bash\\nx\\n\","
                + "\"submit_command\":[\"fakesub\",\"--name\",\"a b\",\"/srv/jobs/job.sh\"],"
                + "\"node_count\":1,\"process_count\":1,\"processes_per_node\":1,"
                + "\"memory\":null}\n");
    assertThat(psij.err()).isEmpty();
  }

  @Test
  void scriptKeepsItsCharactersInAnyLocale() throws Exception {
    Files.writeString(
        folder.resolve("job.json"),
        "{\"executable\": \"sh\", \"arguments\": [\"gr\u00fc\u00df\u00e9 \u732b\"], \"attributes\": {}}");
    PsijCommand command = new PsijCommand(folder);
    ProcessBuilder builder =
        command.builder("script", "-e", "fake-scheduler", "--spec", "job.json");
    builder.environment().put("LC_ALL", "C");
    PsijCommand.Result result = command.result(builder.start());
    assertThat(result.out()).isEqualTo("#!/bin/bash\ngr\u00fc\u00df\u00e9 \u732b\n");
  }

  @Test
  void argumentsKeepTheirCharactersInAnyLocale() throws Exception {
    Path words = Files.writeString(folder.resolve("words"), "gr\u00fc\u00df\u00e9 \u732b?");
    PsijCommand command = new PsijCommand(folder);
    ProcessBuilder builder = command.builder("spec", "--", "sh");
    List<String> shell = List.of("/bin/sh", "-c", "exec \"$@\" \"$(cat " + words + ")\"", "sh");
    builder.command(Stream.concat(shell.stream(), builder.command().stream()).toList());
    builder.environment().put("LC_ALL", "C");
    PsijCommand.Result result = command.result(builder.start());
    assertThat(new JsonJobSpecSerializer().loads(result.out()).getArguments())
        .isEqualTo(List.of("gr\u00fc\u00df\u00e9 \u732b?"));
  }

  @Test
  void scriptForASchedulerNeedsNoScheduler() throws Exception {
    PsijCommand command = new PsijCommand(folder);
    ProcessBuilder builder =
        command.builder("script", "-e", "slurm", "--node-count", "3", "--", "./sim");
    builder.environment().put("PSIJ_SLURM_COMMAND_FOLDER", folder.toString());
    PsijCommand.Result result = command.result(builder.start());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("#!/bin/bash\n#SBATCH ").contains("#SBATCH --nodes=3\n");
    assertThat(result.err()).contains("sbatch", "nodes: 3\n");
    Process syntax =
        new ProcessBuilder("bash", "-n", folder.resolve("out").toString()).inheritIO().start();
    assertThat(syntax.waitFor()).isZero();
  }

  @Test
  void executorWithoutScriptsSaysSo() throws Exception {
    PsijCommand.Result result = new PsijCommand(folder).run("script", "--", "/bin/true");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("psij: The executor 'local' submits no script that could be shown\n");
  }
}
