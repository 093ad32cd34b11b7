package org.psij.executors.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobFiles;
import org.psij.JobSpec;
import org.psij.OutputFile;
import org.psij.PsijException;
import org.psij.executors.work.Leftover;
import org.psij.executors.work.Leftovers;

final class LocalJobFilesTest extends LocalFixture {
  private JobFiles files() {
    return executor.capability(JobFiles.class).orElseThrow();
  }

  private List<Leftover> leftovers() {
    return executor.capability(Leftovers.class).orElseThrow().endedBefore(Instant.now());
  }

  private String peek(Job job, OutputFile file, long offset, int size) {
    return new String(files().peek(job, file, offset, size), UTF_8);
  }

  /** One that needs a script, and therefore a directory. */
  private JobSpec.Builder scripted(String script) throws IOException {
    return shell(script).preLaunch(write("pre.sh", "echo before\n"));
  }

  private Path directory(Job job) {
    return folder.resolve("work/local").resolve(job.getId());
  }

  /** Ends with the test, too. */
  private static String waitingFor(Path file) {
    return "while [ -d " + file.getParent() + " ] && [ ! -e " + file + " ]; do sleep 0.02; done";
  }

  @Test
  void outputCanBeReadWhileTheJobRuns() throws Exception {
    Path go = folder.resolve("go");
    String script = "echo first; " + waitingFor(go) + "; echo second";
    Job job = submit(shell(script).stdoutPath(folder.resolve("out")));
    await().atMost(PATIENCE).until(() -> files().size(job, OutputFile.STDOUT) == 6);
    assertThat(peek(job, OutputFile.STDOUT, 0, 100)).isEqualTo("first\n");
    assertThat(peek(job, OutputFile.STDOUT, 6, 100)).isEmpty();
    Files.createFile(go);
    end(job);
    assertThat(peek(job, OutputFile.STDOUT, 6, 100)).isEqualTo("second\n");
    assertThat(peek(job, OutputFile.STDOUT, 2, 3)).isEqualTo("rst");
    assertThat(peek(job, OutputFile.STDOUT, -3, 100)).isEqualTo("nd\n");
    assertThat(peek(job, OutputFile.STDOUT, -1000, 5)).isEqualTo("first");
    assertThat(peek(job, OutputFile.STDOUT, 1000, 5)).isEmpty();
    assertThatThrownBy(() -> files().peek(job, OutputFile.STDOUT, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void jobWithAScriptHasAllItsOutputsInItsDirectory() throws Exception {
    Job job = submit(scripted("echo out; echo err >&2"));
    end(job);
    assertThat(peek(job, OutputFile.STDOUT, 0, 100)).isEqualTo("out\n");
    assertThat(peek(job, OutputFile.STDERR, 0, 100)).isEqualTo("err\n");
    assertThat(peek(job, OutputFile.LAUNCHER_LOG, 0, 100)).isEqualTo("before\n");
  }

  @Test
  void outputThatIsThrownAwayIsSaidToBe() throws Exception {
    Job job = submit(shell("echo lost"));
    end(job);
    assertThatThrownBy(() -> files().peek(job, OutputFile.STDOUT, 0, 1))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining("stdout is thrown away");
    assertThat(files().fetch(job, folder.resolve("fetched"), false)).isEmpty();
  }

  @Test
  void outputIsFoundByWhoeverAttachesTheJob() throws Exception {
    Job job = submit(shell("echo here").directory(folder).stdoutPath(Path.of("out")));
    end(job);
    executor.close();
    executor = open(config());
    Job attached = new Job();
    executor.attach(attached, Objects.requireNonNull(job.getNativeId()));
    assertThat(peek(attached, OutputFile.STDOUT, 0, 100)).isEqualTo("here\n");
  }

  @Test
  void processThatIsNoJobHasNoFiles() {
    Job attached = new Job();
    executor.attach(attached, String.valueOf(ProcessHandle.current().parent().orElseThrow().pid()));
    assertThatThrownBy(() -> files().size(attached, OutputFile.STDOUT))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining("nothing is known here about its files");
  }

  @Test
  void fileOfTheWorkingDirectoryCanBeReadAndNoneBeyondIt() throws Exception {
    Path secret = write("secret", "x");
    Path directory = Files.createDirectories(folder.resolve("directory"));
    Job job = submit(shell("echo result >sub; ln -s " + secret + " link").directory(directory));
    end(job);
    assertThat(peek(job, OutputFile.of(Path.of("sub")), 0, 100)).isEqualTo("result\n");
    assertThat(files().size(job, OutputFile.of(Path.of("missing")))).isZero();
    assertThatThrownBy(() -> files().peek(job, OutputFile.of(Path.of("link")), 0, 1))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining("leads out of the working directory");
    assertThatThrownBy(() -> OutputFile.of(Path.of("../secret")))
        .isInstanceOf(InvalidJobException.class);
    assertThatThrownBy(() -> OutputFile.of(secret)).isInstanceOf(InvalidJobException.class);
  }

  @Test
  void pipeIsNotWaitedFor() throws Exception {
    Job job = submit(shell("mkfifo pipe").directory(folder));
    end(job);
    assertThatThrownBy(() -> files().peek(job, OutputFile.of(Path.of("pipe")), 0, 1))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining("no regular file");
  }

  @Test
  void outputsAreCopiedWithoutOverwriting() throws Exception {
    Job job = submit(scripted("echo out; echo err >&2"));
    end(job);
    Path target = folder.resolve("new/folder");
    assertThat(files().fetch(job, target, false))
        .containsExactly(
            target.resolve("stdout"), target.resolve("stderr"), target.resolve("launcher.log"));
    assertThat(target.resolve("stdout")).hasContent("out");

    Files.delete(target.resolve("stdout"));
    Files.writeString(target.resolve("stderr"), "mine");
    assertThatThrownBy(() -> files().fetch(job, target, false))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(target.resolve("stderr") + ": is there already");
    assertThat(target.resolve("stdout")).doesNotExist();
    assertThat(target.resolve("stderr")).hasContent("mine");

    files().fetch(job, target, true);
    assertThat(target.resolve("stderr")).hasContent("err");
    try (var left = Files.list(target)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void copyReplacesALinkAndNotWhatItLeadsTo() throws Exception {
    Job job = submit(shell("echo out").stdoutPath(folder.resolve("out")));
    end(job);
    Path mine = write("mine", "mine");
    Path link = Files.createSymbolicLink(folder.resolve("stdout"), mine);
    assertThatThrownBy(() -> files().fetch(job, folder, false)).isInstanceOf(PsijException.class);
    files().fetch(job, folder, true);
    assertThat(link).isRegularFile().hasContent("out");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void onlyAJobThatHasEndedIsFreed() throws Exception {
    Job job = submit(scripted("sleep 300"));
    assertThatThrownBy(() -> files().free(job))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("has not ended");
    assertThat(directory(job)).exists();
    job.cancel();
    end(job);
    files().free(job);
    assertThat(directory(job)).doesNotExist();
    files().free(job);
  }

  @Test
  void freedJobIsNotRecovered() throws Exception {
    Job job = submit(scripted("exit 3"));
    await().atMost(PATIENCE).until(() -> leftovers().isEmpty() && job.getStatus().isFinal());
    files().free(job);
    executor.close();
    executor = open(config());
    assertThat(executor.recover()).isEmpty();
  }

  @Test
  void leftoversAreThoseOfEndedJobsAndNothingElse() throws Exception {
    Job running = submit(scripted("sleep 300"));
    List<Job> ended = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ended.add(submit(scripted("echo " + i)));
    }
    for (Job job : ended) {
      end(job);
    }
    Path mine = Files.writeString(directory(ended.get(3)).resolve("mine"), "mine");
    await().atMost(PATIENCE).until(() -> leftovers().size() == 20);

    for (Leftover leftover : leftovers()) {
      assertThat(leftover.getJobCount()).isEqualTo(1);
      assertThat(leftover.getSize()).isPositive();
      leftover.remove();
    }

    assertThat(leftovers()).isEmpty();
    assertThat(mine).exists();
    try (var left = Files.list(folder.resolve("work/local"))) {
      assertThat(left.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}")))
          .containsExactlyInAnyOrder(directory(running), mine.getParent());
    }
    running.cancel();
    end(running);
  }

  @Test
  void journalOfAnExecutorThatIsGoneIsALeftover() throws Exception {
    submit(shell("true")).waitFor();
    executor.close();
    executor = open(config());
    await().atMost(PATIENCE).until(() -> leftovers().size() == 1); // when its helper has ended
    Leftover leftover = leftovers().get(0);
    assertThat(leftover.getPath().getFileName().toString()).startsWith("journal-");
    assertThat(leftover.getJobCount()).isEqualTo(1);
    leftover.remove();
    assertThat(leftover.getPath()).doesNotExist();
  }

  @Test
  void filesOfThisMachineCanBeStaged() {
    assertThat(files().getDataSchemes()).containsExactly("file");
    assertThat(
            files()
                .validateData(
                    List.of(
                        URI.create("file:///a"),
                        URI.create("b/c"),
                        URI.create("file://localhost/d"))))
        .isTrue();
    for (String other :
        List.of("http://a/b", "file://elsewhere/a", "file:///a?b", "/a#b", "gsiftp:a")) {
      assertThat(files().validateData(List.of(URI.create("/a"), URI.create(other))))
          .as(other)
          .isFalse();
    }
  }
}
