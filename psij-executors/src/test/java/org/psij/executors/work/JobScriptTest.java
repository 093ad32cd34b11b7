package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobSpec;
import org.psij.StageIn;
import org.psij.StagingMode;

/** The script of batch jobs, run by bash where no scheduler is. */
final class JobScriptTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String HEAD =
      """
      #!/bin/bash
      psij_native_id=$NATIVE_ID
      psij_hosts() {
        printf '%s\\n' n1 n1 n2
      }
      psij_kept='SLURM_*|OTHER'
      psij_stop_signals='TERM USR2'
      psij_pass_on_stop=yes
      psij_reserved_codes='99 100'
      """;

  @TempDir Path folder;

  private final String jobId = UUID.randomUUID().toString();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private JobDirectory directory;
  private Path watchers;
  private Path log;
  private String extraHead = "";
  private @Nullable Path preLaunch;
  private List<StageIn> stageIn = List.of();
  private boolean inherit = true;
  private int patience = 1;
  private Process process;

  @BeforeEach
  void createFolders() throws IOException {
    directory = new JobDirectory(Files.createDirectory(folder.resolve(jobId)));
    watchers = Files.createDirectory(folder.resolve("watchers"));
    log = directory.launcherLog();
  }

  @AfterEach
  void endWhatStillRuns() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void start(String nativeId, Map<String, String> variables, String... shell)
      throws IOException {
    JobSpec spec =
        JobSpec.builder("/bin/bash")
            .inheritEnvironment(inherit)
            .environment(environment)
            .preLaunch(preLaunch)
            .stageIn(stageIn)
            .build();
    List<String> command = Stream.concat(Stream.of("/bin/bash", "-c"), Stream.of(shell)).toList();
    String script =
        JobScript.of(
                HEAD + extraHead,
                directory,
                new JobPart(spec, directory, folder, environment, command, folder))
            .forScheduler(watchers, log, List.of(), inherit)
            .text()
            .replace("psij_patience=10 ", "psij_patience=" + patience + " ");
    Files.writeString(directory.script(), script);
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", directory.script().toString());
    builder.environment().put("NATIVE_ID", nativeId);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("script.out").toFile());
    process = builder.start();
  }

  private int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("script ends").isTrue();
    return process.exitValue();
  }

  private int run(String nativeId, String... shell) throws Exception {
    start(nativeId, Map.of(), shell);
    return end();
  }

  private String lastLine(int run) throws IOException {
    List<String> lines = Files.readAllLines(directory.status(run));
    return lines.get(lines.size() - 1).replaceFirst("^[0-9.]+ ", "");
  }

  private String stdout() throws IOException {
    return Files.readString(directory.stdout());
  }

  private void earlierRun(String lastLine) throws IOException {
    Files.writeString(directory.claim(), "12\n");
    Files.writeString(directory.status(1), "1.5 STARTED 12 n\n2.5 ACTIVE\n" + lastLine + "\n");
  }

  @Test
  void jobThatRunsTellsEveryState() throws Exception {
    assertThat(run("12", "echo $0 >&2; echo done", "me")).isZero();
    assertThat(Files.readAllLines(directory.status(1)))
        .allMatch(line -> line.matches("[0-9]+\\.[0-9]+ .*"))
        .extracting(line -> line.split(" ", -1)[1])
        .containsExactly("STARTED", "STAGE_IN", "ACTIVE", "STAGE_OUT", "CLEANUP", "COMPLETED");
    assertThat(directory.claim()).hasContent("12");
    assertThat(directory.nodeFile()).hasContent("n1\nn1\nn2");
    assertThat(stdout()).isEqualTo("done\n");
    assertThat(directory.stderr()).hasContent("me");
  }

  @Test
  void submissionThatFindsTheClaimOfAnotherRunsNothingAndLeavesNoTrace() throws Exception {
    Files.writeString(directory.claim(), "11\n");
    assertThat(run("12", "echo again")).isZero();
    assertThat(directory.path())
        .isDirectoryNotContaining(file -> !isOneOf(file, "claim", "job.sh", "launcher.log"));
    assertThat(directory.claim()).hasContent("11");
  }

  private static boolean isOneOf(Path file, String... names) {
    return List.of(names).contains(file.getFileName().toString());
  }

  @Test
  void claimWithoutAnIdRunsNothingAndIsNoSuccess() throws Exception {
    Files.createFile(directory.claim());
    assertThat(run("12", "echo again")).isEqualTo(JobScript.NO_FILES);
    assertThat(directory.status(1)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.5 FAILED exit=143 told to stop; killed by SIGTERM",
        "3.5 FAILED exit=3 told to stop",
        "3.5 FAILED exit=137 killed by SIGKILL",
        "3.5 FAILED exit=137",
        "3.5 FAILED exit=143 told to stop; stage-out: there is no / COMPLETED exit=0",
        "3.5 CLEANUP",
      })
  void runThatWasInterruptedIsRepeatedUnderTheSameId(String lastLine) throws Exception {
    earlierRun(lastLine);
    assertThat(run("12", "echo again")).isZero();
    assertThat(lastLine(1)).isEqualTo(lastLine.substring(4));
    assertThat(Files.readAllLines(directory.status(2)).get(0)).contains(" STARTED 12 ");
    assertThat(lastLine(2)).isEqualTo("COMPLETED exit=0");
    assertThat(stdout()).isEqualTo("again\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.5 COMPLETED exit=0",
        "3.5 COMPLETED exit=0 cleanup: cannot remove x",
        "3.5 FAILED exit=1",
        "3.5 FAILED exit=127 the pre-launch script ended with 127, and the job did not run",
        "3.5 FAILED exit=0 stage-out: there is no x",
        "3.5 FAILED exit=0 stage-out: there is no / FAILED exit=137 told to stop",
        "3.5 FAILED stage-in: cannot COPY a to b",
      })
  void jobThatHasEndedIsNotRunAgain(String lastLine) throws Exception {
    earlierRun(lastLine);
    assertThat(run("12", "echo again")).isZero();
    assertThat(directory.status(2)).doesNotExist();
    assertThat(directory.stdout()).doesNotExist();
    assertThat(lastLine(1)).isEqualTo(lastLine.substring(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100})
  void exitCodeThatMeansSomethingToTheSchedulerIsOnlyInTheStatusFile(int code) throws Exception {
    assertThat(run("12", "exit " + code)).isEqualTo(1);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=" + code);
  }

  @Test
  void otherExitCodesAreReturned() throws Exception {
    assertThat(run("12", "exit 101")).isEqualTo(101);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=101");
  }

  @Test
  void signalIsToldFromAnExitCodeThatLooksLikeOne() throws Exception {
    assertThat(run("12", "exit 137")).isEqualTo(137);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=137");
    assertThat(run("12", "kill -KILL $$")).isEqualTo(137);
    assertThat(lastLine(2)).isEqualTo("FAILED exit=137 killed by SIGKILL");
  }

  /** Whoever watches the memory kills one process of a job after the other. */
  @Test
  void signalIsToldEvenIfItEndsTheShellThatWaitsForTheJob() throws Exception {
    assertThat(run("12", "kill -KILL $PPID; exit 0")).isEqualTo(137);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=137 killed by SIGKILL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "USR2"})
  void stopThatOnlyTheScriptHearsIsPassedOnToAllThatItStarted(String signal) throws Exception {
    start("12", Map.of(), "echo $$; /bin/sleep 300 & echo $!; wait");
    await().atMost(PATIENCE).until(() -> isRegularWithLines(directory.stdout(), 2));
    List<String> pids = Files.readAllLines(directory.stdout());
    signal(signal);
    assertThat(end()).isEqualTo(143);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=143 told to stop; killed by SIGTERM");
    for (String pid : pids) {
      await().atMost(PATIENCE).until(() -> !isAlive(pid));
    }
  }

  private static boolean isRegularWithLines(Path file, int lines) throws IOException {
    return Files.isRegularFile(file) && Files.readAllLines(file).size() == lines;
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  private void signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void stopThatComesJustBeforeTheStartIsPassedOnToo() throws Exception {
    extraHead =
        """
        printf() {
          builtin printf "$@"
          [ "${*: -1}" != ACTIVE ] || kill -TERM $$
        }
        """;
    assertThat(run("12", "/bin/sleep 300")).isEqualTo(143);
    assertThat(lastLine(1)).startsWith("FAILED exit=143 told to stop");
  }

  /** Some schedulers tell every process of the job. */
  @Test
  void stopDuringStageInIsNoFailureOfIt() throws Exception {
    stageIn = List.of(new StageIn(folder.resolve("in").toUri(), Path.of("copy")));
    extraHead =
        """
        command() {
          [ "$1" != cp ] || { kill -TERM $$; return 143; }
          builtin command "$@"
        }
        """;
    assertThat(run("12", "echo ran")).isEqualTo(143);
    assertThat(lastLine(1)).startsWith("FAILED exit=143 told to stop");
    assertThat(directory.stdout()).doesNotExist();
  }

  @Test
  void fileThatAnInterruptedRunHasMovedIsThereForTheNext() throws Exception {
    Path source = Files.writeString(folder.resolve("in"), "moved\n");
    stageIn = List.of(new StageIn(source.toUri(), Path.of("here"), StagingMode.MOVE));
    assertThat(run("12", "kill -TERM $PPID; sleep 0.1; exit 143")).isEqualTo(143);
    assertThat(source).doesNotExist();

    assertThat(run("12", "cat here")).isZero();
    assertThat(directory.status(2)).exists();
    assertThat(stdout()).isEqualTo("moved\n");
  }

  @Test
  void fileThatWasNeverThereCannotBeMoved() throws Exception {
    Files.writeString(folder.resolve("here"), "another\n");
    stageIn = List.of(new StageIn(folder.resolve("in").toUri(), Path.of("here"), StagingMode.MOVE));
    assertThat(run("12", "cat here")).isEqualTo(1);
    assertThat(lastLine(1)).startsWith("FAILED stage-in: cannot MOVE");
  }

  @Test
  void jobIsNotStartedAfterAStopDuringThePreLaunchScript() throws Exception {
    preLaunch = Files.writeString(folder.resolve("pre"), "kill -TERM $$; sleep 1 || true\n");
    assertThat(run("12", "echo ran")).isEqualTo(143);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=143 told to stop");
    assertThat(directory.stdout()).doesNotExist();
  }

  @Test
  void jobThatTakesALastStepWhenToldToStopIsWaitedFor() throws Exception {
    start(
        "12", Map.of(), "trap 'echo saved; exit 5' TERM; echo ready; while :; do sleep 0.1; done");
    await().atMost(PATIENCE).until(() -> isRegularWithLines(directory.stdout(), 1));
    signal("TERM");
    assertThat(end()).isEqualTo(5);
    assertThat(stdout()).isEqualTo("ready\nsaved\n");
    assertThat(lastLine(1)).isEqualTo("FAILED exit=5 told to stop");
  }

  @Test
  void jobThatIsMarkedAsCanceledIsNotStarted() throws Exception {
    Files.createFile(directory.cancelMark());
    assertThat(run("12", "echo ran")).isEqualTo(143);
    assertThat(lastLine(1)).startsWith("FAILED exit=143 told to stop");
    assertThat(directory.stdout()).doesNotExist();
  }

  @Test
  void cleanEnvironmentKeepsOnlyWhatTheSchedulerHasSetAndWhatIsGiven() throws Exception {
    inherit = false;
    environment.put("GIVEN", "a b");
    environment.put("not-an-identifier", "c");
    environment.put("PSIJ_NODEFILE", directory.nodeFile().toString());
    Map<String, String> submitters =
        Map.of(
            "SLURM_JOB_ID", "12",
            "OTHER", "kept",
            "FOREIGN", "x",
            "odd-name", "x",
            "also.odd", "x",
            "BASH_FUNC_foreign%%", "() {  echo x\n}",
            "BASH_FUNC_odd-function%%", "() {  echo x\n}",
            "TWO_LINES", "x\nSLURM_FAKE=y",
            "UID_", "x",
            "LC_ALL", "C.UTF-8");
    start("12", submitters, "env -0 | sort -z | tr '\\0\\n' '\\n;'");
    assertThat(end()).isZero();
    List<String> variables = stdout().lines().toList();
    assertThat(variables)
        .contains(
            "GIVEN=a b",
            "not-an-identifier=c",
            "SLURM_JOB_ID=12",
            "OTHER=kept",
            "PSIJ_NODEFILE=" + directory.nodeFile());
    assertThat(variables)
        .noneMatch(
            variable ->
                variable.matches(
                    "(?i)(FOREIGN|odd|also|BASH_FUNC|TWO_LINES|UID_|NATIVE_ID|LC_ALL).*"));
  }

  @Test
  void inheritedEnvironmentArrivesWithItsLocale() throws Exception {
    start("12", Map.of("FOREIGN", "x\ny", "LC_ALL", "C.UTF-8"), "echo \"$FOREIGN $LC_ALL\"");
    assertThat(end()).isZero();
    assertThat(stdout()).isEqualTo("x\ny C.UTF-8\n");
  }

  @Test
  void variablesThatBashHoldsReadOnlyReachTheJob() throws Exception {
    environment.put("UID", "77");
    environment.put("SHELLOPTS", "xtrace");
    environment.put("PPID", "1");
    assertThat(run("12", "/usr/bin/tr '\\0' '\\n' </proc/$$/environ")).isZero();
    assertThat(stdout().lines()).contains("UID=77", "SHELLOPTS=xtrace", "PPID=1");
  }

  @Test
  void watcherThatCannotBeReachedHoldsNothingUp() throws Exception {
    Files.writeString(watchers.resolve("gone"), "192.0.2.1 9\n2001:db8::1 9\n127.0.0.1 9\n");
    Files.writeString(watchers.resolve("garbage"), "no.such.host.invalid 9\nx\n\n/../x y\n");
    Files.writeString(watchers.resolve("unreadable"), "");
    long start = System.nanoTime();
    assertThat(run("12", "echo ran")).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(lastLine(1)).isEqualTo("COMPLETED exit=0");
  }

  @Test
  void logThatCannotBeWrittenDoesNotKeepTheJobFromRunning() throws Exception {
    log = folder.resolve("no/such/folder/log");
    assertThat(run("12", "echo ran; exit 4")).isEqualTo(4);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=4");
    assertThat(stdout()).isEqualTo("ran\n");
  }

  @Test
  void filesOfTheLibraryArePrivateAndTheJobHasTheUmaskOfItsUser() throws Exception {
    extraHead = "umask 022\n";
    assertThat(run("12", "umask; : >made")).isZero();
    assertThat(stdout()).isEqualTo("0022\n");
    assertThat(permissions(folder.resolve("made"))).isEqualTo("rw-r--r--");
    for (Path file : List.of(directory.claim(), directory.status(1), log, directory.nodeFile())) {
      assertThat(permissions(file)).as("%s", file).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void commandThatIsNotThereIsAnExitCode() throws Exception {
    assertThat(run("12", "exec /no/such/command")).isEqualTo(127);
    assertThat(lastLine(1)).isEqualTo("FAILED exit=127");
  }
}
