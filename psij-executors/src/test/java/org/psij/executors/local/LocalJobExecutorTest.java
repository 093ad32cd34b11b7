package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.StageIn;
import org.psij.SubmitException;

/** What the local executor does beyond the contract. */
final class LocalJobExecutorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private JobExecutor executor;

  @BeforeEach
  void open() {
    executor = open(config());
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private LocalExecutorConfig.Builder config() {
    return LocalExecutorConfig.builder().workDirectory(folder.resolve("work"));
  }

  private static JobExecutor open(LocalExecutorConfig.Builder config) {
    return JobExecutor.getInstance("local", null, null, config.build());
  }

  private static JobSpec.Builder shell(String script) {
    return JobSpec.builder("/bin/sh").arguments("-c", script);
  }

  private Job submit(JobSpec.Builder spec) {
    Job job = new Job(spec.build());
    executor.submit(job);
    return job;
  }

  private JobStatus run(JobSpec.Builder spec) throws InterruptedException {
    return end(submit(spec));
  }

  private static JobStatus end(Job job) throws InterruptedException {
    JobStatus status = job.waitFor(PATIENCE);
    assertThat(status).as("end of %s", job).isNotNull();
    return status;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path writeExecutable(String name, String text) throws IOException {
    Path file = write(name, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isAlive(String pid) throws IOException {
    return ProcessTable.read().process(Long.parseLong(pid.strip())) != null;
  }

  private static String readPid(Path file) {
    await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 1);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // --- what cannot be started is refused by name ---

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

  // --- directories ---

  @Test
  void relativeDirectoryIsOneOfTheSubmitter() throws Exception {
    Path out = folder.resolve("out");
    assertThat(
            run(JobSpec.builder("/bin/pwd").directory(Path.of("src")).stdoutPath(out)).getState())
        .isEqualTo(JobState.COMPLETED);
    assertThat(Files.readString(out).strip()).isEqualTo(Path.of("src").toRealPath().toString());
  }

  @Test
  void relativeSourceIsOneOfTheSubmitter() throws Exception {
    Path out = folder.resolve("out");
    JobStatus status =
        run(
            JobSpec.builder("/bin/cat")
                .arguments("hello.c")
                .stdoutPath(out)
                .stageIn(
                    new StageIn(URI.create("src/test/resources/mpi_hello.c"), Path.of("hello.c"))));
    assertThat(status.getState()).isEqualTo(JobState.COMPLETED);
    assertThat(out).hasSameTextualContentAs(Path.of("src/test/resources/mpi_hello.c"));
  }

  @Test
  void queryOfALocationIsRefused() {
    Job job =
        new Job(
            shell("true")
                .stageIn(new StageIn(URI.create("file:///etc/hostname?x"), Path.of("h")))
                .build());
    assertThatThrownBy(() -> executor.submit(job))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("stage_in[0].source");
  }

  @Test
  void specialFilesAreNeitherReplacedNorRemoved() throws Exception {
    JobStatus status =
        run(
            shell("echo x >out.txt")
                .directory(folder)
                .stdoutPath(Path.of("/dev/null"))
                .stageOut(
                    new org.psij.StageOut(
                        Path.of("out.txt"),
                        URI.create("file:///dev/null"),
                        org.psij.StagingMode.MOVE)));
    assertThat(status.getState()).isEqualTo(JobState.COMPLETED);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

  // --- ends ---

  @Test
  void exitCodeAsAfterASignalIsToldAsThat() throws Exception {
    JobStatus status = run(shell("kill -9 $$"));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getExitCode()).isEqualTo(137);
    assertThat(status.getCause()).isEqualTo(FailureCause.EXIT_CODE);
    assertThat(status.getMessage()).isEqualTo("exit code 137 (as after SIGKILL)");
  }

  @Test
  void cancelEndsTheWholeProcessTree() throws Exception {
    Path child = folder.resolve("child");
    Path stray = folder.resolve("stray");
    Job job =
        submit(
            shell(
                "setsid sleep 300 & echo $! >'"
                    + stray
                    + "'; sleep 300 & echo $! >'"
                    + child
                    + "'; wait"));
    String childPid = readPid(child);
    String strayPid = readPid(stray);

    job.cancel();

    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
    assertThat(isAlive(String.valueOf(job.getNativeId()))).isFalse();
    assertThat(isAlive(childPid)).isFalse();
    assertThat(isAlive(strayPid)).isFalse();
  }

  @Test
  void jobThatIgnoresTheRequestIsKilledAfterTheGraceTime() throws Exception {
    executor.close();
    executor = open(config().terminationGrace(Duration.ofMillis(200)));
    Path ready = folder.resolve("ready");
    Job job = submit(shell("trap '' TERM; echo ready >'" + ready + "'; while :; do sleep 1; done"));
    readPid(ready);

    job.cancel();

    JobStatus status = end(job);
    assertThat(status.getState()).isEqualTo(JobState.CANCELED);
    assertThat(status.getExitCode()).isEqualTo(137);
  }

  @Test
  void manyJobsAreCancelledTogether() throws Exception {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      jobs.add(submit(JobSpec.builder("/bin/sleep").arguments("300")));
    }
    jobs.forEach(Job::cancel);
    for (Job job : jobs) {
      assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
      assertThat(isAlive(String.valueOf(job.getNativeId()))).isFalse();
    }
  }

  @Test
  void walltimeIsEnforcedOnRequest() throws Exception {
    executor.close();
    executor = open(config().walltimeEnforced(true));
    JobStatus status =
        run(
            JobSpec.builder("/bin/sleep")
                .arguments("300")
                .attributes(JobAttributes.builder().duration(Duration.ofSeconds(1)).build()));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.TIME_LIMIT);
    assertThat(status.getMessage()).contains("walltime");
  }

  @Test
  void jobsCancelledRightBeforeCloseAreEnded() throws Exception {
    Path ready = folder.resolve("ready");
    executor.close();
    executor = open(config().terminationGrace(Duration.ofSeconds(1)));
    Job stubborn =
        submit(shell("trap '' TERM; echo ready >'" + ready + "'; while :; do sleep 1; done"));
    readPid(ready);
    Job job = submit(JobSpec.builder("/bin/sleep").arguments("300"));

    job.cancel();
    stubborn.cancel();
    executor.close();

    await().atMost(PATIENCE).until(() -> !isAlive(String.valueOf(job.getNativeId())));
    await().atMost(PATIENCE).until(() -> !isAlive(String.valueOf(stubborn.getNativeId())));
  }

  @Test
  void scriptThatExitsWithZeroCompletesNothing() throws Exception {
    Path exit = write("exit.sh", "exit 0\n");
    Path ran = folder.resolve("ran");
    JobStatus before = run(shell("echo >'" + ran + "'").preLaunch(exit));
    assertThat(before.getState()).isEqualTo(JobState.FAILED);
    assertThat(before.getMessage()).contains("pre-launch", "did not run");
    assertThat(ran).doesNotExist();
    assertThat(run(shell("exit 4").postLaunch(exit)).getExitCode()).isEqualTo(4);
    assertThat(run(shell("exit 0").postLaunch(exit)).getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void outputIsStagedOnlyWhenTheCancelledJobHasEnded() throws Exception {
    Path target = folder.resolve("target");
    Path ready = folder.resolve("ready");
    Job job =
        submit(
            shell(
                    "trap 'sleep 0.3; echo whole >out.txt; exit 9' TERM; echo part >out.txt;"
                        + " echo ready >'"
                        + ready
                        + "'; while :; do sleep 0.1; done")
                .stageOut(
                    new org.psij.StageOut(
                        Path.of("out.txt"),
                        target,
                        org.psij.StagingMode.COPY,
                        java.util.Set.of(org.psij.StageOutFlags.ON_CANCEL))));
    readPid(ready);
    job.cancel();
    JobStatus status = end(job);
    assertThat(status.getState()).isEqualTo(JobState.CANCELED);
    assertThat(status.getExitCode()).isEqualTo(9);
    assertThat(target).hasContent("whole");
  }

  @Test
  void attachedJobHasTheEndOfTheOriginal() throws Exception {
    Job failing =
        submit(
            shell("sleep 1")
                .stageOut(new org.psij.StageOut(Path.of("absent"), folder.resolve("x").toUri())));
    Job canceled = submit(JobSpec.builder("/bin/sleep").arguments("300"));
    try (JobExecutor other = open(config())) {
      Job sameFailing = new Job();
      Job sameCanceled = new Job();
      other.attach(sameFailing, String.valueOf(failing.getNativeId()));
      other.attach(sameCanceled, String.valueOf(canceled.getNativeId()));
      canceled.cancel();
      assertThat(end(sameFailing).getCause()).isEqualTo(FailureCause.STAGING);
      assertThat(end(failing).getCause()).isEqualTo(FailureCause.STAGING);
      assertThat(end(sameCanceled).getState()).isEqualTo(JobState.CANCELED);
    }
  }

  @Test
  void walltimeThatNoClockCountsIsNoObstacle() throws Exception {
    executor.close();
    executor = open(config().walltimeEnforced(true));
    Duration forever = java.time.temporal.ChronoUnit.FOREVER.getDuration();
    JobStatus status =
        run(shell("true").attributes(JobAttributes.builder().duration(forever).build()));
    assertThat(status.getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void moreProcessesThanAnyMachineHasAreRefused() {
    Job job =
        new Job(
            shell("true")
                .resources(
                    org.psij.ResourceSpecV1.builder().processCount(Integer.MAX_VALUE).build())
                .build());
    assertThatThrownBy(() -> executor.submit(job))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("resources.process_count");
  }

  @Test
  void missingLauncherIsToldAsTheCause() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("bin"));
    JobStatus status =
        run(
            JobSpec.builder("/bin/true")
                .launcher("mpirun")
                .environmentVariable("PATH", tools.toString()));
    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.LAUNCHER);
    assertThat(status.getMessage()).contains("mpirun was not found");
  }

  // --- attach ---

  @Test
  void endOfAForeignProcessIsLost() throws Exception {
    Process foreign = new ProcessBuilder("/bin/sleep", "1").start();
    Job job = new Job();
    executor.attach(job, String.valueOf(foreign.pid()));

    JobStatus status = end(job);

    assertThat(status.getState()).isEqualTo(JobState.FAILED);
    assertThat(status.getCause()).isEqualTo(FailureCause.LOST);
    assertThat(status.getExitCode()).isNull();
    assertThat(status.getMessage()).contains("exit code unknown");
  }

  @Test
  void nativeIdThatIsNoProcessIdIsRefused() {
    String own = String.valueOf(ProcessHandle.current().pid());
    assertThatThrownBy(() -> executor.attach(new Job(), own))
        .isInstanceOf(InvalidJobException.class);
    assertThatThrownBy(() -> executor.attach(new Job(), "12ab"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("12ab");
  }

  @Test
  void jobOfAnExecutorWithAnotherWorkDirectoryIsAttached() throws Exception {
    Job job = submit(shell("sleep 1; exit 6"));
    try (JobExecutor other = open(config().workDirectory(folder.resolve("elsewhere")))) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(job.getNativeId()));
      assertThat(end(attached).getExitCode()).isEqualTo(6);
    }
  }

  @Test
  void jobOutlivesItsJvmAndIsAttachedByAnother() throws Exception {
    Path pid = folder.resolve("pid");
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndExit.class.getName(),
                folder.resolve("work").toString(),
                pid.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(jvm.waitFor()).isZero();
    String nativeId = Files.readString(pid);

    assertThat(executor.list()).contains(nativeId);
    Job job = new Job();
    executor.attach(job, nativeId);
    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE))
        .extracting(JobStatus::getState)
        .isEqualTo(JobState.ACTIVE);
    job.cancel();
    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
  }

  // --- what is left behind ---

  @Test
  void thousandJobsAtOnceLeaveNothingBehind() throws Exception {
    long descriptors = openDescriptors();
    Job[] jobs =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Job(JobSpec.builder("/bin/true").build()))
            .toArray(Job[]::new);

    assertThat(executor.submitAll(List.of(jobs))).isEmpty();
    for (Job job : jobs) {
      assertThat(end(job).getState()).isEqualTo(JobState.COMPLETED);
    }
    executor.close();

    await().atMost(PATIENCE).until(() -> libraryThreads().isEmpty());
    await().atMost(PATIENCE).until(() -> openDescriptors() <= descriptors);
  }

  private static List<String> libraryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("psij-"))
        .toList();
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void jobThatNeedsNoScriptLeavesNoDirectory() throws Exception {
    Job job = submit(JobSpec.builder("/bin/true"));
    end(job);
    assertThat(folder.resolve("work/local").resolve(job.getId())).doesNotExist();
  }

  @Test
  void filesOfTheLibraryArePrivate() throws Exception {
    Job job = submit(shell("echo out; echo err >&2").launcher("multiple"));
    end(job);
    try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
      List<Path> open =
          files
              .filter(
                  file ->
                      !file.getFileName().toString().matches("stdout|stderr|phase|launcher.log"))
              .filter(file -> !isPrivate(file))
              .toList();
      assertThat(open).isEmpty();
    }
    Path directory = folder.resolve("work/local").resolve(job.getId());
    assertThat(directory.resolve("stdout")).hasContent("out");
    assertThat(directory.resolve("stderr")).hasContent("err");
  }

  private static boolean isPrivate(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).endsWith("------");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void filesOfEndedJobsGoWhenTheirTimeIsOver() throws Exception {
    Job job = submit(shell("true").launcher("multiple"));
    end(job);
    executor.close();
    Path directory = folder.resolve("work/local").resolve(job.getId());
    Path foreign = write("work/local/notes.txt", "mine");
    try (Stream<Path> files = Files.walk(folder.resolve("work/local"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
      }
    }

    executor = open(config());

    assertThat(directory).doesNotExist();
    assertThat(foreign).exists();
    try (Stream<Path> files = Files.list(folder.resolve("work/local"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("journal-")))
          .hasSize(1);
    }
  }

  @Test
  void unknownLayoutIsRefused() throws Exception {
    Files.createDirectories(folder.resolve("other/local"));
    write("other/local/layout", "2\n");
    assertThatThrownBy(() -> open(config().workDirectory(folder.resolve("other"))))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining("layout is '2'");
  }

  @Test
  void workDirectoryThatCannotBeMadeIsNamed() throws Exception {
    Path file = write("file", "");
    assertThatThrownBy(() -> open(config().workDirectory(file)))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void launcherLogTakesTheOutputOfScripts() throws Exception {
    executor.close();
    Path log = folder.resolve("launcher.log");
    executor = open(config().launcherLogFile(log));
    Path pre = write("pre.sh", "echo from pre-launch\n");
    run(shell("true").preLaunch(pre));
    run(shell("true").preLaunch(pre));
    assertThat(Files.readString(log)).isEqualTo("from pre-launch\nfrom pre-launch\n");
  }

  @Test
  void variablesOfAScriptedJobArriveEvenIfBashWouldActOnThem() throws Exception {
    Path out = folder.resolve("out");
    Map<String, String> variables =
        Map.of(
            "BASH_ENV", "/no/such", "RANDOM", "fixed", "IFS", "x", "PS4", "$(id)", "LC_ALL", "C");
    run(
        JobSpec.builder("/usr/bin/env")
            .environment(variables)
            .postLaunch(write("post.sh", ""))
            .stdoutPath(out));
    assertThat(Files.readAllLines(out, StandardCharsets.UTF_8))
        .contains("BASH_ENV=/no/such", "RANDOM=fixed", "IFS=x", "PS4=$(id)", "LC_ALL=C");
  }

  @Test
  void nodeFileIsSharedByJobsOfTheSameSize() throws Exception {
    Path out = folder.resolve("out");
    run(shell("cat \"$PSIJ_NODEFILE\"; echo $PSIJ_JOB_ID").stdoutPath(out));
    assertThat(Files.readAllLines(out)).hasSize(2).startsWith("localhost");
    assertThat(new File(folder.resolve("work/local/nodefiles").toString()).list())
        .containsExactly("1");
  }
}
