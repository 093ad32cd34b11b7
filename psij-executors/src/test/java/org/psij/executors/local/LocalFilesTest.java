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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StagingMode;

/** Where jobs of the local executor read and write, and what they leave behind. */
final class LocalFilesTest extends LocalFixture {
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
                    new StageOut(
                        Path.of("out.txt"), URI.create("file:///dev/null"), StagingMode.MOVE)));
    assertThat(status.getState()).isEqualTo(JobState.COMPLETED);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

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

    Path journal = journals().get(0);

    executor = open(config());

    assertThat(directory).doesNotExist();
    assertThat(foreign).exists();
    await("the journal, which stays while the helper is still ending")
        .until(() -> Files.notExists(journal) || Files.notExists(reopened(journal)));
  }

  /** As if an hour had passed since the folder was looked through. */
  private Path reopened(Path file) throws IOException {
    executor.close();
    Files.delete(folder.resolve("work/local/tidied"));
    executor = open(config());
    return file;
  }

  private List<Path> journals() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("work/local"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("journal-")).toList();
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
  void scriptedJobWithoutInheritanceSeesNothingElse() throws Exception {
    Path out = folder.resolve("out");
    run(
        JobSpec.builder("/usr/bin/env")
            .inheritEnvironment(false)
            .environment(Map.of("A", "1", "SHLVL", "x"))
            .postLaunch(write("post.sh", ""))
            .stdoutPath(out));
    assertThat(Files.readAllLines(out))
        .filteredOn(line -> !line.startsWith("PSIJ_"))
        .containsExactlyInAnyOrder("A=1", "SHLVL=x");
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
