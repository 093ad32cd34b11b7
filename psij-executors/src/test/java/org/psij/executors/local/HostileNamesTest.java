package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.StageIn;
import org.psij.StagingMode;

/** Names that the script of a job, or a program that it uses, could take for something else. */
final class HostileNamesTest extends LocalFixture {
  private JobSpec.Builder scripted(JobSpec.Builder spec) throws IOException {
    return spec.directory(folder)
        .stdoutPath(folder.resolve("out"))
        .preLaunch(write("pre", "true\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Stouch canary", "-i", "-", "psij_phase_file", "psij_stop_mark", "BASH_REMATCH"})
  void variableMayBeCalledAnything(String name) throws Exception {
    JobStatus end =
        run(
            scripted(JobSpec.builder("/usr/bin/env").arguments("-0"))
                .environmentVariable(name, "hostile"));
    assertThat(end.getState()).as("%s", end).isEqualTo(JobState.COMPLETED);
    assertThat(Files.readString(folder.resolve("out")).split("\0", -1)).contains(name + "=hostile");
    assertThat(folder.resolve("canary")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "-Stouch canary", "a=b", "--", "-u"})
  void executableMayBeCalledAnything(String name) throws Exception {
    Files.copy(Path.of("/usr/bin/env"), folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    JobStatus end =
        run(
            scripted(JobSpec.builder(name).arguments("-0"))
                .environmentVariable("PATH", folder + ":/usr/bin:/bin")
                .environmentVariable("A.B", "kept")
                .environmentVariable("UID", "kept"));
    assertThat(end.getState()).as("%s", end).isEqualTo(JobState.COMPLETED);
    assertThat(Files.readString(folder.resolve("out")).split("\0", -1))
        .contains("A.B=kept", "UID=kept");
    assertThat(folder.resolve("canary")).doesNotExist();
  }

  @Test
  void streamIsAFileEvenWhereBashKnowsTheNetwork() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path stream = Path.of("/dev/tcp/127.0.0.1/" + server.getLocalPort());
      JobStatus end =
          run(
              JobSpec.builder("/bin/true")
                  .directory(folder)
                  .stageIn(new StageIn(write("in", "").toUri(), Path.of("x"), StagingMode.COPY))
                  .stdoutPath(stream));
      assertThat(end.getState()).as("%s", end).isEqualTo(JobState.FAILED);
      server.setSoTimeout(1);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }
  }

  @Test
  void whyAJobCannotBeStartedIsToldWhateverItsPath() throws Exception {
    JobStatus end =
        run(
            JobSpec.builder("/bin/true")
                .directory(folder)
                .environmentVariable("PATH", "/nowhere")
                .stdoutPath(Path.of("missing", "out"))
                .stageIn(new StageIn(write("in", "").toUri(), Path.of("x"), StagingMode.COPY)));
    assertThat(end.getState()).as("%s", end).isEqualTo(JobState.FAILED);
    try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
      Path log = files.filter(file -> file.endsWith("launcher.log")).findFirst().orElseThrow();
      assertThat(log).content().contains("missing/out");
    }
  }
}
