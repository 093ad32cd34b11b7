package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.SmallDisk;

/**
 * The script of batch jobs where the disk with its files is full, read-only or gone: what cannot be
 * told does not run, and what is told is true.
 */
@Tag("attack")
final class JobScriptDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEAD =
      """
      #!/bin/bash
      psij_native_id=$NATIVE_ID
      psij_hosts() { echo n1; }
      psij_kept=
      psij_stop_signals=TERM
      psij_reserved_codes=
      """;

  @TempDir Path folder;

  private final String jobId = UUID.randomUUID().toString();
  private SmallDisk disk;
  private Path mounted;
  private Path ran;
  private JobDirectory directory;
  private String patience = "psij_patience=2 ";
  private @Nullable Path preLaunch;
  private @Nullable Path postLaunch;
  private @Nullable String withoutLinks;
  private Process process;

  @BeforeEach
  void mount() throws IOException {
    mounted = Files.createDirectory(folder.resolve("disk"));
    ran = folder.resolve("ran");
    disk = SmallDisk.mount(mounted, 128);
    directory = new JobDirectory(Files.createDirectory(mounted.resolve(jobId)));
    Files.createDirectory(mounted.resolve("watchers"));
  }

  @AfterEach
  void unmount() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private Path writeScript(String shell) throws IOException {
    JobSpec spec =
        JobSpec.builder("/bin/bash")
            .directory(folder)
            .stdoutPath(Path.of("/dev/null"))
            .stderrPath(Path.of("/dev/null"))
            .preLaunch(preLaunch)
            .postLaunch(postLaunch)
            .build();
    String script =
        JobScript.of(
                HEAD,
                directory,
                new JobPart(
                    spec,
                    directory,
                    folder,
                    Map.of(),
                    List.of("/bin/bash", "-c", "echo ran >>'" + ran + "'; " + shell),
                    folder))
            .forScheduler(mounted.resolve("watchers"), folder.resolve("log"), List.of(), true)
            .text()
            .replace("psij_patience=10 ", patience);
    return Files.writeString(folder.resolve("job.sh"), script);
  }

  private void start(String nativeId, String shell) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/bash", writeScript(shell).toString());
    builder.environment().put("NATIVE_ID", nativeId);
    if (withoutLinks != null) {
      builder.environment().put("PATH", withoutLinks + ":" + System.getenv("PATH"));
    }
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("script.out").toFile());
    process = builder.start();
  }

  private int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("script ends").isTrue();
    return process.exitValue();
  }

  private int run(String nativeId, String shell) throws Exception {
    start(nativeId, shell);
    return end();
  }

  private List<StatusLine> told() throws IOException {
    return new StatusFile(directory).read();
  }

  private StatusLine lastTold() throws IOException {
    List<StatusLine> told = told();
    return told.get(told.size() - 1);
  }

  private void awaitRunning() {
    await().atMost(PATIENCE).until(() -> Files.exists(ran));
  }

  private static String waitingFor(Path file) {
    return "while [ ! -e '" + file + "' ]; do sleep 0.05; done; ";
  }

  private void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void jobDoesNotRunOnAFullDiskAndSaysSo() throws Exception {
    disk.fill();
    assertThat(run("12", "true")).isEqualTo(JobScript.NO_FILES);
    assertThat(ran).doesNotExist();
    assertThat(told()).isEmpty();
    assertThat(SmallFile.read(directory.claim())).isNull();
    assertThat(folder.resolve("log")).content().contains(directory.path() + " cannot be written");

    disk.free();
    assertThat(run("13", "true")).as("another submission of the job").isZero();
    assertThat(ran).hasContent("ran");
    assertThat(lastTold().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void jobDoesNotRunOnAReadOnlyDiskOrWithoutItsDirectory() throws Exception {
    disk.makeReadOnly();
    assertThat(run("12", "true")).isEqualTo(JobScript.NO_FILES);
    disk.makeWritable();
    Files.delete(directory.path());
    assertThat(run("12", "true")).isEqualTo(JobScript.NO_FILES);
    assertThat(ran).doesNotExist();
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void jobRunsOnceWhenTheDiskHasRoomAgain() throws Exception {
    patience = "psij_patience=20 ";
    disk.fill();
    start("12", "exit 3");
    await().atMost(PATIENCE).until(() -> Files.exists(directory.path().resolve("claim.12")));
    disk.free();
    assertThat(end()).isEqualTo(3);
    assertThat(ran).hasContent("ran");
    assertThat(lastTold().exitCode()).isEqualTo(3);
    assertThat(directory.status(2)).doesNotExist();
  }

  /** Without hard links the claim is made first and written then, which may be too late. */
  @Test
  void claimThatCannotBeWrittenIsGivenUpWhereThereAreNoHardLinks() throws Exception {
    Path commands = Files.createDirectory(folder.resolve("commands"));
    Path ln = Files.writeString(commands.resolve("ln"), "#!/bin/sh\nexit 1\n");
    assertThat(ln.toFile().setExecutable(true)).isTrue();
    withoutLinks = commands.toString();
    Files.writeString(directory.path().resolve("claim.12"), "x".repeat(10));
    disk.fill();
    // its page is there, so that this much can be written, and no new file
    assertThat(run("12", "true")).isEqualTo(JobScript.NO_FILES);
    assertThat(ran).doesNotExist();
    disk.free();
    assertThat(run("13", "true")).isZero();
    assertThat(ran).hasContent("ran");
    assertThat(run("12", "true")).isZero();
    assertThat(ran).hasContent("ran");
    assertThat(SmallFile.read(directory.claim())).isEqualTo("13");
  }

  @Test
  void diskThatIsReadOnlyWhileTheJobRunsTakesNothingFromItsEnd() throws Exception {
    Path go = folder.resolve("go");
    patience = "psij_patience=20 ";
    start("12", waitingFor(go) + "exit 4");
    awaitRunning();
    disk.makeReadOnly();
    Files.createFile(go);
    Path log = folder.resolve("log");
    await().atMost(PATIENCE).until(() -> Files.readString(log).contains("Read-only file system"));
    disk.makeWritable();
    assertThat(end()).isEqualTo(4);
    assertThat(lastTold().exitCode()).isEqualTo(4);
    assertThat(ran).hasContent("ran");
  }

  /** What the pre-launch script leaves on disk must not pass for the end of a job that ran. */
  @Test
  void endOfAJobThatCannotTellIsTheExitCodeOfItsScript() throws Exception {
    Path go = folder.resolve("go");
    start("12", waitingFor(go) + "exit 0");
    awaitRunning();
    disk.makeReadOnly();
    Files.createFile(go);
    assertThat(end()).isZero();
    assertThat(told()).noneMatch(line -> line.state().isFinal());

    disk.makeWritable();
    Files.delete(ran);
    go = folder.resolve("again");
    start("12", waitingFor(go) + "exit 5");
    awaitRunning();
    remove(directory.path());
    Files.createFile(go);
    assertThat(end()).isEqualTo(5);
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void jobWhoseDiskIsLostDuringThePreLaunchScriptDoesNotRun() throws Exception {
    Path go = folder.resolve("go");
    Path here = folder.resolve("here");
    preLaunch =
        Files.writeString(folder.resolve("pre"), ": >'" + here + "'; " + waitingFor(go) + "\n");
    start("12", "true");
    await().atMost(PATIENCE).until(() -> Files.exists(here));
    disk.makeReadOnly();
    Files.createFile(go);
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(folder.resolve("log")).contains("Read-only file system"));
    assertThat(end()).isEqualTo(JobScript.NO_FILES);
    assertThat(ran).doesNotExist();
  }

  @Test
  void postLaunchScriptThatFailsOnAReadOnlyDiskIsNoSuccess() throws Exception {
    postLaunch =
        Files.writeString(
            folder.resolve("post"),
            "mount --bind '%1$s' '%1$s'; mount -o remount,bind,ro '%1$s'; exit 6\n"
                .formatted(mounted));
    assertThat(run("12", "true")).isEqualTo(6);
    assertThat(told()).noneMatch(line -> line.state().isFinal());
    disk.makeWritable();
  }

  /** The page of the status file ends in the middle of a line, and there is no other one. */
  @Test
  void lineThatTheDiskTookOnlyInPartIsCrossedOut() throws Exception {
    patience = "psij_patience=20 ";
    Path status = directory.status(1);
    preLaunch =
        Files.writeString(
            folder.resolve("pre"),
            """
            size=$(stat -c %%s '%1$s')
            head -c $((4096 - size - 30)) /dev/zero | tr '\\0' x >>'%1$s'
            echo >>'%1$s'
            head -c 1000000 /dev/zero >'%2$s/filler' 2>/dev/null || true
            """
                .formatted(status, mounted));
    start("12", "exit 143");
    await().atMost(PATIENCE).until(() -> status.toFile().length() == 4096);
    assertThat(told()).extracting(StatusLine::state).doesNotContain(JobState.FAILED);
    disk.free();
    assertThat(end()).isEqualTo(143);
    assertThat(Files.readString(status)).contains("\u0018\n");
    assertThat(lastTold().exitCode()).isEqualTo(143);
    assertThat(told()).extracting(StatusLine::state).endsWith(JobState.FAILED);
  }

  /** {@code FAILED exit=1} of {@code FAILED exit=143 told to stop} is not the end of the job. */
  @Test
  void runThatCouldOnlyWriteHalfOfItsLastLineIsRepeatedWhenItIsRequeued() throws Exception {
    Files.writeString(directory.claim(), "12\n");
    Files.writeString(directory.status(1), "1.5 STARTED 12 n\n2.5 ACTIVE\n3.5 FAILED exit=1");
    Files.writeString(
        directory.status(2), "1.5 STARTED 12 n\n2.5 ACTIVE\n3.5 FAILED exit=1\u0018\n4.5 FAI");
    assertThat(run("12", "true")).isZero();
    assertThat(ran).hasContent("ran");
    assertThat(told()).extracting(StatusLine::state).endsWith(JobState.COMPLETED);
  }
}
