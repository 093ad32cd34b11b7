package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.StageOut;
import org.psij.StagingMode;

/** Devices, pipes and sockets are used, and never replaced, removed, or given other permissions. */
@Tag("attack")
final class SpecialFilesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEAD =
      """
      #!/bin/bash
      psij_native_id=12
      psij_hosts() { echo n1; }
      psij_kept=
      psij_stop_signals=TERM
      psij_reserved_codes=
      """;

  @TempDir Path folder;
  private JobDirectory directory;
  private Path device;
  private Path pipe;
  private Path socket;
  private ServerSocketChannel server;
  private Map<Path, String> before;

  @BeforeEach
  void makeSpecialFiles() throws Exception {
    directory =
        new JobDirectory(Files.createDirectory(folder.resolve(UUID.randomUUID().toString())));
    device = folder.resolve("device");
    pipe = folder.resolve("pipe");
    socket = folder.resolve("socket");
    if (command("mknod", device.toString(), "c", "1", "3") != 0) {
      Assumptions.assumeTrue(System.getenv("CI") == null, "no device can be made");
      Assumptions.abort("no device can be made, which needs root");
    }
    assertThat(command("mkfifo", pipe.toString())).isZero();
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    before = identities();
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  private Map<Path, String> identities() throws IOException {
    Map<Path, String> identities = new TreeMap<>();
    for (Path file : List.of(device, pipe, socket)) {
      identities.put(file, Files.readAttributes(file, "unix:ino,mode,uid,rdev").toString());
    }
    return identities;
  }

  private StatusLine end(JobSpec spec, Path log) throws Exception {
    String text =
        JobScript.of(
                HEAD,
                directory,
                new JobPart(spec, directory, folder, Map.of(), command(spec), folder))
            .forScheduler(folder.resolve("watchers"), log, List.of(), true)
            .text();
    Path script = Files.writeString(folder.resolve("job.sh"), text);
    Process process = new ProcessBuilder("/bin/bash", script.toString()).inheritIO().start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    List<StatusLine> told = new StatusFile(directory).read();
    return told.get(told.size() - 1);
  }

  private static List<String> command(JobSpec spec) {
    return List.of(String.valueOf(spec.getExecutable()), "-c", spec.getArguments().get(0));
  }

  private JobSpec.Builder shell(String script) {
    return JobSpec.builder("/bin/bash").arguments(script).directory(folder);
  }

  @Test
  void streamsAndLogMayBeDevices() throws Exception {
    JobSpec spec =
        shell("cat; echo out; echo err >&2; exit 3")
            .stdinPath(device)
            .stdoutPath(device)
            .stderrPath(device)
            .build();
    assertThat(end(spec, device).exitCode()).isEqualTo(3);
    assertThat(identities()).isEqualTo(before);
  }

  @Test
  void streamMayBeAPipe() throws Exception {
    Process reader =
        new ProcessBuilder("/bin/cat", pipe.toString())
            .redirectOutput(folder.resolve("read").toFile())
            .start();
    assertThat(end(shell("echo through").stdoutPath(pipe).build(), device).state())
        .isEqualTo(JobState.COMPLETED);
    assertThat(reader.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("read")).hasContent("through");
    assertThat(identities()).isEqualTo(before);
  }

  @Test
  void streamThatIsASocketFailsTheJob() throws Exception {
    JobSpec spec = shell(": >ran").stdoutPath(socket).build();
    assertThat(end(spec, socket).state()).isEqualTo(JobState.FAILED);
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(identities()).isEqualTo(before);
  }

  @Test
  void stagingAndCleanupLeaveThemAsTheyAre() throws Exception {
    JobSpec spec =
        shell("echo x | tee a b >c")
            .stdoutPath(device)
            .stderrPath(device)
            .stageOut(
                new StageOut(Path.of("a"), target(device), StagingMode.MOVE),
                new StageOut(Path.of("b"), target(device), StagingMode.COPY),
                new StageOut(Path.of("c"), target(device), StagingMode.LINK))
            .cleanup(Path.of("pipe"), Path.of("device"), Path.of("socket"))
            .build();
    StatusLine end = end(spec, device);
    assertThat(end.isStagingFailure()).as("a link would replace the device").isTrue();
    assertThat(identities()).isEqualTo(before);
    assertThat(folder.resolve("a")).doesNotExist();
  }

  private static URI target(Path file) {
    return file.toUri();
  }

  @Test
  void linkInTheJobDirectoryDoesNotLeadItsFilesElsewhere() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "mine\n");
    Files.createSymbolicLink(directory.claim(), victim);
    Files.createSymbolicLink(folder.resolve("native_id"), victim);
    PrivateFiles.writeAtomically(folder.resolve("native_id"), "12\n");
    assertThat(folder.resolve("native_id")).isRegularFile().hasContent("12");
    Files.createSymbolicLink(folder.resolve("told"), folder.resolve("nowhere"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> PrivateFiles.create(folder.resolve("told")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("nowhere")).doesNotExist();
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("kept"), "", StandardOpenOption.CREATE);
    Files.createSymbolicLink(directory.path().resolve("link"), tree);
    directory.delete();
    assertThat(victim).hasContent("mine");
    assertThat(tree.resolve("kept")).exists();
  }
}
