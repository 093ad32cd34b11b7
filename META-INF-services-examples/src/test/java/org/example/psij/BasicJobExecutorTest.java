package org.example.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;

/** What the contract leaves to an executor. */
@Timeout(60)
final class BasicJobExecutorTest {
  private static final int TUTORIAL_LENGTH = 200;

  @TempDir private Path folder;
  private final JobExecutor executor = JobExecutor.getInstance("basic");

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void sourceIsShortEnoughForATutorial() throws IOException {
    Path source = Path.of("src/main/java/org/example/psij/BasicJobExecutor.java");
    assertThat(Files.readAllLines(source).size()).isLessThan(TUTORIAL_LENGTH);
  }

  @Test
  void whatIsMissingIsToldBeforeAnythingIsTouched() throws IOException {
    Path out = Files.writeString(folder.resolve("out"), "kept");
    JobSpec spec = JobSpec.builder("/bin/true").directory(folder).stdoutPath(out).build();

    assertRefused(spec.toBuilder().executable("no-such-program").build(), "no-such-program");
    assertRefused(spec.toBuilder().executable("./no-such-program").build(), "no-such-program");
    assertRefused(spec.toBuilder().directory(folder.resolve("no-folder")).build(), "no-folder");
    assertRefused(spec.toBuilder().stdinPath(Path.of("no-input")).build(), "no-input");
    assertRefused(spec.toBuilder().stdoutPath(Path.of("no-folder/out")).build(), "no-folder");

    assertThat(out).hasContent("kept");
    assertThat(executor.list()).isEmpty();
  }

  private void assertRefused(JobSpec spec, String named) {
    Job job = new Job(spec);
    assertThatThrownBy(() -> executor.submit(job))
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining(named);
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
  }

  @Test
  void executableIsLookedUpInThePathOfTheJob() throws Exception {
    Path program = Files.writeString(folder.resolve("my-program"), "#!/bin/sh\nexit 4\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    JobSpec.Builder spec = JobSpec.builder("my-program");
    spec.environmentVariable("PATH", folder.toString());

    assertThat(run(spec).getExitCode()).isEqualTo(4);
    assertThat(run(spec.directory(folder).executable("./my-program")).getExitCode()).isEqualTo(4);
  }

  @Test
  void failureOfTheLauncherIsToldFromOneOfTheJob() throws Exception {
    JobSpec.Builder spec = JobSpec.builder("/bin/sh").launcher("nice");
    spec.stderrPath(folder.resolve("err"));

    JobStatus launcherFailed =
        run(spec.arguments("-c", "echo 'nice: made up by a test' >&2; exit 125"));
    assertThat(launcherFailed.getState()).isEqualTo(JobState.FAILED);
    assertThat(launcherFailed.getCause()).isEqualTo(FailureCause.LAUNCHER);
    assertThat(launcherFailed.getMessage()).isEqualTo("nice: made up by a test");

    JobStatus jobFailed = run(spec.executable("/no/such/program").arguments());
    assertThat(jobFailed.getExitCode()).isEqualTo(127);
    assertThat(jobFailed.getCause()).isEqualTo(FailureCause.EXIT_CODE);
  }

  private JobStatus run(JobSpec.Builder spec) throws InterruptedException {
    Job job = new Job(spec.build());
    executor.submit(job);
    return job.waitFor();
  }

  @Test
  void cancelEndsTheWholeProcessTree() throws Exception {
    Path started = folder.resolve("started");
    String stubborn = "trap '' TERM; sleep 60 & : >'" + started + "'; wait; sleep 60";
    Job job = new Job(JobSpec.builder("/bin/sh").arguments("-c", stubborn).build());
    executor.submit(job);
    ProcessHandle process = ProcessHandle.of(Long.parseLong(job.getNativeId())).orElseThrow();
    await().until(() -> Files.exists(started) && process.children().findAny().isPresent());
    List<ProcessHandle> tree = Stream.concat(Stream.of(process), process.children()).toList();

    job.cancel();

    assertThat(executor.list()).containsExactly(job.getNativeId());
    assertThat(job.waitFor().getState()).isEqualTo(JobState.CANCELED);
    assertThat(tree).hasSize(2);
    await().until(() -> tree.stream().noneMatch(BasicJobExecutorTest::runs));
    assertThat(executor.list()).isEmpty();
  }

  /** A killed process stays in the table until its new parent has looked at it. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
