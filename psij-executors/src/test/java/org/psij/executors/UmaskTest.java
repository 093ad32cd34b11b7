package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's files are for their user only, and usable by him, whatever the umask. */
@Tag("attack")
final class UmaskTest {
  @TempDir Path folder;

  private static String run(ProcessBuilder command) throws Exception {
    Process process = command.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("%s: %s", command.command(), output).isZero();
    return output;
  }

  private Path fakeCommands() throws IOException {
    Path commands = Files.createDirectory(folder.resolve("fakes"));
    Path sbatch = Files.writeString(commands.resolve("sbatch"), "#!/bin/sh\necho 4711\n");
    Files.setPosixFilePermissions(sbatch, PosixFilePermissions.fromString("rwxr-xr-x"));
    return commands;
  }

  private static void assertPrivate(Path work) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(work)) {
      all = files.toList();
    }
    assertThat(all).hasSizeGreaterThan(5);
    for (Path file : all) {
      String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
          .as("%s", file)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "077", "0777"})
  void batchJobAndItsScriptWriteForTheirUserOnly(String umask) throws Exception {
    Path work = folder.resolve("work");
    assertThat(run(SubmitWithUmask.jvm(umask, "slurm", work, fakeCommands()))).endsWith("QUEUED");
    assertPrivate(work);
    Path script;
    try (Stream<Path> files = Files.walk(work)) {
      script = files.filter(file -> file.endsWith("job.sh")).findFirst().orElseThrow();
    }
    ProcessBuilder job = SubmitWithUmask.command(umask, "/bin/bash", script.toString());
    job.environment()
        .putAll(
            Map.of(
                "SLURM_JOB_ID", "4711", "SLURM_JOB_NODELIST", "n1", "SLURM_TASKS_PER_NODE", "1"));
    run(job);
    assertThat(Files.readString(script.resolveSibling("status.1"))).endsWith("COMPLETED exit=0\n");
    assertPrivate(work);
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "077", "0777"})
  void localJobWritesForItsUserOnly(String umask) throws Exception {
    Path work = folder.resolve("work");
    assertThat(run(SubmitWithUmask.jvm(umask, "local", work, folder))).endsWith("COMPLETED");
    assertPrivate(work);
  }
}
