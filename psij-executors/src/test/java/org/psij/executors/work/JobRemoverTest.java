package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobSpec;

final class JobRemoverTest {
  private static final JobSpec SPEC = JobSpec.builder("/bin/true").build();

  @TempDir Path folder;
  private WorkDirectory work;
  private JobRemover remover;

  @BeforeEach
  void open() throws IOException {
    work = WorkDirectory.open(folder.resolve("work"), "batch");
    Files.createDirectories(work.root().resolve("by-native-id"));
    remover = new JobRemover(work);
  }

  @AfterEach
  void close() {
    work.close();
  }

  private JobDirectory job(String nativeId) throws IOException {
    JobDirectory job = work.jobDirectory(UUID.randomUUID().toString());
    Files.createDirectories(job.path());
    Files.writeString(job.manifest(), Manifest.ofBatchJob(SPEC, true).text());
    for (Path file : List.of(job.script(), job.owner(), job.status(1), job.stdout(), job.told())) {
      Files.writeString(file, "x\n");
    }
    Files.writeString(job.nativeId(), nativeId + "\n");
    Files.writeString(work.byNativeId(nativeId), job.hint() + "\n");
    return job;
  }

  private JobDirectory array(int tasks) throws IOException {
    JobDirectory array = work.newArray();
    Files.createDirectories(array.path());
    List<JobSpec> specs = Collections.nCopies(tasks, SPEC);
    Files.writeString(array.manifest(), Manifest.ofArray(specs, true).text());
    Files.writeString(array.jobIds(), "id\n".repeat(tasks));
    Files.writeString(array.script(), "x\n");
    Files.writeString(array.nativeId(), "7\n");
    Files.writeString(work.byNativeId("7"), array.hintOfArray() + "\n");
    return array;
  }

  private JobDirectory run(JobDirectory task) throws IOException {
    Files.createDirectories(task.path());
    Files.writeString(task.status(1), "x\n");
    Files.writeString(task.stdout(), "x\n");
    return task;
  }

  private static void list(JobDirectory job, String name) throws IOException {
    Files.writeString(job.manifest(), name + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void jobGoesWithItsDirectoryAndItsNativeId() throws IOException {
    JobDirectory job = job("7");
    JobDirectory neighbour = job("8");

    remover.remove(job);

    assertThat(job.path()).doesNotExist();
    assertThat(work.byNativeId("7")).doesNotExist();
    assertThat(neighbour.stdout()).exists();
    assertThat(work.byNativeId("8")).exists();
  }

  @Test
  void fileThatTheLibraryDidNotMakeStaysWithItsDirectory() throws IOException {
    JobDirectory job = job("7");
    Path neighbour = Files.writeString(job.path().resolve("status.2"), "mine");

    remover.remove(job);

    assertThat(job.path()).isDirectoryContaining("glob:**/status.2");
    try (var files = Files.list(job.path())) {
      assertThat(files).containsExactly(neighbour);
    }
  }

  @Test
  void laterRunThatTheScriptHasListedGoes() throws IOException {
    JobDirectory job = job("7");
    Files.writeString(job.status(2), "x\n");
    list(job, "status.2");

    remover.remove(job);

    assertThat(job.path()).doesNotExist();
  }

  @Test
  void manifestWhoseLastLineIsCutOffStillCounts() throws IOException {
    JobDirectory job = job("7");
    Files.writeString(job.manifest(), "statu", StandardOpenOption.APPEND);

    remover.remove(job);

    assertThat(job.path()).doesNotExist();
  }

  @Test
  void nameThatIsCutOffIsNoName() throws IOException {
    JobDirectory job = job("7");
    Path mine = Files.writeString(job.path().resolve("statu"), "mine");
    Files.writeString(job.manifest(), "statu", StandardOpenOption.APPEND);

    remover.remove(job);

    assertThat(mine).hasContent("mine");
  }

  @Test
  void whatAKilledProcessWasWritingGoes() throws IOException {
    JobDirectory job = job("7");
    Files.writeString(job.path().resolve("owner.0123456789abcdef"), "x");
    Path mine = Files.writeString(job.path().resolve("mine.0123456789abcdef"), "mine");

    remover.remove(job);

    try (var files = Files.list(job.path())) {
      assertThat(files).containsExactly(mine);
    }
  }

  @Test
  void tasksThatAreFreedInAnyOrderTakeTheArrayWithThem() throws IOException {
    JobDirectory array = array(40);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    Collections.shuffle(order, new Random(7));

    for (int index : order) {
      assertThat(array.script()).exists();
      remover.free(array.task(index));
    }

    assertThat(array.path()).doesNotExist();
  }

  @Test
  void nativeIdThatAnotherJobHasByNowStays() throws IOException {
    JobDirectory earlier = job("7");
    JobDirectory later = job("7");

    remover.remove(earlier);

    assertThat(work.byNativeId("7")).hasContent(later.hint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "/etc/hostname",
        "..",
        ".",
        "",
        "./x/../../outside",
        "x/y",
        "*",
        "folder/",
        "../",
        "task-{0..3}/../../outside",
        "task-{0..9999999}/x"
      })
  void hostileManifestRemovesNothingOutside(String name) throws IOException {
    JobDirectory job = job("7");
    Path outside = Files.writeString(work.root().resolve("outside"), "mine");
    Path inside = Files.createDirectories(job.path().resolve("folder")).resolve("mine");
    Files.writeString(inside, "mine");
    list(job, name);

    remover.remove(job);

    assertThat(outside).exists();
    assertThat(inside).exists();
    assertThat(Path.of("/etc/hostname")).exists();
    assertThat(job.script()).doesNotExist();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path mine = Files.writeString(elsewhere.resolve("status.1"), "mine");
    JobDirectory job = job("7");
    Files.delete(job.stdout());
    Files.createSymbolicLink(job.stdout(), mine);
    Files.createSymbolicLink(job.work(), elsewhere);
    list(job, "work/");

    remover.remove(job);

    assertThat(mine).hasContent("mine");
    assertThat(Files.isSymbolicLink(job.stdout())).isTrue(); // no file that the library has made
    assertThat(job.script()).doesNotExist();
  }

  @Test
  void linkInPlaceOfAJobOrATaskIsNotFollowed() throws IOException {
    JobDirectory job = job("7");
    JobDirectory linked = work.newArray();
    Files.createSymbolicLink(linked.path(), job.path());
    JobDirectory array = array(2);
    Files.createSymbolicLink(array.task(1).path(), job.path());

    remover.remove(linked);
    remover.remove(array);

    assertThat(job.status(1)).exists();
    assertThat(job.stdout()).exists();
  }

  @Test
  void workingDirectoryOfTheJobGoesWithAllThatIsInIt() throws IOException {
    JobDirectory job = job("7");
    list(job, "work/");
    Path mine = Files.writeString(folder.resolve("mine"), "mine");
    Files.createDirectories(job.work().resolve("a/b"));
    Files.writeString(job.work().resolve("a/b/c"), "x");
    Files.createSymbolicLink(job.work().resolve("a/link"), folder);

    remover.remove(job);

    assertThat(job.path()).doesNotExist();
    assertThat(mine).exists();
  }

  @Test
  void arrayGoesWithItsTasks() throws IOException {
    JobDirectory array = array(3);
    run(array.task(0));
    JobDirectory again = run(array.task(2));
    Files.writeString(again.status(2), "x\n");
    Files.writeString(again.manifest(), "status.2\n");

    remover.remove(array);

    assertThat(array.path()).doesNotExist();
    assertThat(work.byNativeId("7")).doesNotExist();
  }

  @Test
  void lastTaskThatIsFreedTakesTheArrayWithIt() throws IOException {
    JobDirectory array = array(3);
    run(array.task(0));
    run(array.task(2));

    remover.free(array.task(0));
    assertThat(array.task(0).stdout()).doesNotExist();
    assertThat(array.task(2).stdout()).exists();
    assertThat(array.task(0).told()).exists(); // else it might be recovered
    remover.free(array.task(0));
    remover.free(array.task(2));
    assertThat(array.script()).exists();
    remover.free(array.task(1));

    assertThat(array.path()).doesNotExist();
    assertThat(work.byNativeId("7")).doesNotExist();
  }

  @Test
  void neighbourOfATaskStaysWhenTheArrayGoes() throws IOException {
    JobDirectory array = array(1);
    Path mine = Files.writeString(run(array.task(0)).path().resolve("mine"), "mine");

    remover.free(array.task(0));

    try (var files = Files.walk(array.path())) {
      assertThat(files).containsExactly(array.path(), array.task(0).path(), mine);
    }
  }

  @Test
  void directoryOfAnEarlierVersionStaysWhole() throws IOException {
    JobDirectory job = job("7");
    Files.delete(job.manifest());

    remover.remove(job);

    assertThat(job.script()).exists();
    assertThat(JobRemover.knows(job)).isFalse();
  }

  @Test
  void sizeCountsWhatWouldBeRemoved() throws IOException {
    JobDirectory job = job("7");
    long size = JobRemover.size(job);
    Files.writeString(job.path().resolve("mine"), "x".repeat(100));
    assertThat(JobRemover.size(job)).isEqualTo(size);
    Files.writeString(job.stdout(), "x".repeat(102));
    assertThat(JobRemover.size(job)).isEqualTo(size + 100);
  }
}
