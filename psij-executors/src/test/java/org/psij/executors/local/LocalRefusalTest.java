package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.StageIn;
import org.psij.SubmitException;

/** What cannot be started is refused by name, and the job may be submitted again. */
final class LocalRefusalTest extends LocalFixture {
  private void assertRefused(JobSpec.Builder spec, String named) {
    Job job = new Job(spec.build());
    assertThatThrownBy(() -> executor.submit(job))
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining(named);
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(job.getNativeId()).isNull();
  }

  @Test
  void missingExecutableIsNamed() {
    assertRefused(JobSpec.builder("/no/such/program"), "/no/such/program");
    assertRefused(JobSpec.builder("no-such-program"), "no-such-program");
    assertRefused(JobSpec.builder("/no/such/program").launcher("multiple"), "/no/such/program");
  }

  @Test
  void fileThatMayNotBeExecutedIsNamed() throws IOException {
    Path file = write("plain.txt", "text");
    assertRefused(JobSpec.builder(file.toString()), "plain.txt");
    assertRefused(JobSpec.builder(folder.toString()), "is a directory");
  }

  @Test
  void missingInterpreterIsNamed() throws IOException {
    Path script = writeExecutable("script", "#!/no/such/interpreter -x\n");
    assertRefused(JobSpec.builder(script.toString()), "/no/such/interpreter");
  }

  @Test
  void badWorkingDirectoryIsNamed() throws IOException {
    assertRefused(shell("true").directory(folder.resolve("absent")), "absent");
    assertRefused(shell("true").directory(write("file", "")), "is no directory");
    assertRefused(shell("true").directory(folder.resolve("absent")).launcher("multiple"), "absent");
    StageIn file = new StageIn(URI.create("/etc/hostname"), Path.of("x"));
    assertRefused(shell("true").directory(folder.resolve("absent")).stageIn(file), "absent");
  }

  @Test
  void badStreamsAreNamed() throws IOException {
    assertRefused(shell("true").stdinPath(folder.resolve("absent")), "stdin_path");
    assertRefused(shell("true").stdinPath(folder), "stdin_path");
    assertRefused(shell("true").stdoutPath(folder.resolve("absent/out")), "stdout_path");
    assertRefused(shell("true").stderrPath(folder), "stderr_path");
    assertRefused(shell("true").preLaunch(Path.of("absent.sh")), "pre_launch");
  }

  @Test
  void tooLongArgumentIsRefused() {
    assertRefused(JobSpec.builder("/bin/true").arguments("x".repeat(200_000)), "/bin/true");
  }

  @Test
  void refusedJobMayBeSubmittedAgain() throws Exception {
    Path program = folder.resolve("late");
    Job job = new Job(JobSpec.builder(program.toString()).build());
    assertThatThrownBy(() -> executor.submit(job)).isInstanceOf(SubmitException.class);

    writeExecutable("late", "#!/bin/sh\nexit 0\n");
    executor.submit(job);

    assertThat(end(job).getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void urlIsRefused() {
    assertThatThrownBy(() -> JobExecutor.getInstance("local", null, "ssh://x", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ssh://x");
  }
}
