package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.work.Timer;

/** What jobs leave behind among the processes of the machine: nothing. */
final class LocalProcessesTest extends LocalFixture {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noZombieAndNoDescriptorIsLeft(boolean helper) throws Exception {
    executor.close();
    executor = open(config().spawnHelper(helper));
    run(shell("true"));
    long starter = starter();
    long descriptors = descriptors(starter);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      jobs.add(submit(shell("sleep 0.1 & exit " + i % 2)));
    }
    for (Job job : jobs) {
      end(job);
    }
    await().atMost(PATIENCE).until(() -> zombiesOf(starter).isEmpty());
    await().atMost(PATIENCE).until(() -> descriptors(starter) <= descriptors);
  }

  private long starter() throws IOException {
    String journal;
    try (Stream<Path> files = Files.list(folder.resolve("work/local"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith("journal-"))
              .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
              .orElseThrow();
      journal = Files.readString(file);
    }
    return Long.parseLong(journal.substring(journal.lastIndexOf("STARTER ")).split(" ", -1)[1]);
  }

  private static List<String> zombiesOf(long parent) throws IOException {
    List<String> zombies = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String stat;
        try {
          stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
          continue; // it has just ended
        }
        if (stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z " + parent + " ")) {
          zombies.add(stat);
        }
      }
    }
    return zombies;
  }

  private static long descriptors(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.count();
    }
  }

  @Test
  void helperEndsWithTheExecutorOrWithTheLastJob() throws Exception {
    Job job = submit(shell("sleep 1"));
    long helper = starter();
    executor.close();
    assertThat(ProcessTable.find(helper)).as("the job still runs").isNotNull();
    await().atMost(PATIENCE).until(() -> ProcessTable.find(helper) == null);
    assertThat(isAlive(String.valueOf(job.getNativeId()))).isFalse();
  }

  @Test
  void jvmEndsThoughItsExecutorIsOpen() throws Exception {
    Process jvm =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndReturn.class.getName(),
                folder.resolve("work").toString())
            .inheritIO()
            .start();
    assertThat(jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isZero();
  }

  @Test
  void laterProcessWithTheNumberOfAJobIsNotSignalled() throws Exception {
    Process stranger = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "300").start();
    CountDownLatch gone = new CountDownLatch(1);
    try (Timer timer = new Timer("psij-local-timer");
        Terminator terminator = new Terminator(timer, Duration.ZERO)) {
      ProcessId earlier = new ProcessId(stranger.pid(), "17", Instant.now());
      terminator.terminate(earlier, gone::countDown);
      assertThat(gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroy();
    }
  }

  /** To open a pipe takes until somebody opens its other end. */
  @Test
  void pipeAsAStreamHoldsUpNoOtherJob() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Job reading = submit(JobSpec.builder("/bin/cat").stdinPath(pipe));
    assertThat(run(shell("true")).getState()).isEqualTo(JobState.COMPLETED);
    Files.writeString(pipe, "text");
    assertThat(end(reading).getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void callbackOnTheThreadThatTellsMaySubmit() throws Exception {
    executor.close();
    executor = open(config().callbackExecutor(Runnable::run));
    CompletableFuture<Job> next = new CompletableFuture<>();
    executor.setJobStatusCallback(
        (job, status) -> {
          if (status.isFinal() && !next.isDone()) {
            next.complete(submit(shell("exit 3")));
          }
        });
    end(submit(shell("sleep 0.2")));
    assertThat(end(next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).getExitCode()).isEqualTo(3);
  }

  @Test
  void stoppedHelperHoldsUpNeitherCancelNorClose() throws Exception {
    Job job = submit(shell("sleep 300"));
    long helper = starter();
    signal("STOP", helper);
    try {
      job.cancel();
      await().atMost(PATIENCE).until(() -> !isAlive(String.valueOf(job.getNativeId())));
      executor.close();
    } finally {
      signal("CONT", helper);
    }
    await().atMost(PATIENCE).until(() -> ProcessTable.find(helper) == null);
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor())
        .isZero();
  }

  @Test
  void treeOfManyGenerationsIsEnded() throws Exception {
    Path pids = folder.resolve("pids");
    String deep = "echo $$ >>'" + pids + "'; trap '' TERM; ";
    Job job =
        submit(
            shell(
                deep
                    + "(setsid sh -c \"echo \\$\\$ >>'"
                    + pids
                    + "'; trap '' TERM; while :; do sleep 1; done\" & wait) & wait"));
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
    job.cancel();
    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
    for (String pid : Files.readAllLines(pids)) {
      assertThat(isAlive(pid)).isFalse();
    }
  }
}
