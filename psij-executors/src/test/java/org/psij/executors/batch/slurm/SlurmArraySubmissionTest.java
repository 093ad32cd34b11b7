package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StagingMode;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.JobArrays;

/** Which jobs become arrays, and what becomes of them, where no Slurm is needed. */
final class SlurmArraySubmissionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private FakeSlurm slurm;
  private JobExecutor executor;

  @BeforeEach
  void open() throws IOException {
    slurm = new FakeSlurm(folder);
    executor = another(JobArrays.ALWAYS);
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private JobExecutor another(JobArrays arrays) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .commandFolder(slurm.folder())
            .initialDelay(Duration.ofHours(1))
            .pollingInterval(Duration.ofHours(1))
            .jobArrays(arrays)
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  private void reopen(JobArrays arrays) {
    executor.close();
    executor = another(arrays);
  }

  private static List<Job> jobs(int count, UnaryOperator<JobSpec.Builder> more) {
    return IntStream.range(0, count)
        .mapToObj(i -> JobSpec.builder("/bin/echo").arguments(String.valueOf(i)))
        .map(spec -> new Job(more.apply(spec).build()))
        .toList();
  }

  private static List<Job> jobs(int count) {
    return jobs(count, spec -> spec);
  }

  private static List<String> nativeIds(List<Job> jobs) {
    return jobs.stream().map(job -> String.valueOf(job.getNativeId())).toList();
  }

  private static List<Job> both(List<Job> some, List<Job> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private Path only(String name) throws IOException {
    try (Stream<Path> files =
        Files.find(folder.resolve("work"), 4, (path, a) -> path.endsWith(name))) {
      return files.reduce((a, b) -> null).orElseThrow();
    }
  }

  @Test
  void jobsThatAreAlikeAreOneArray() throws IOException {
    List<Job> jobs = jobs(5);
    assertThat(executor.submitAll(jobs)).isEmpty();
    assertThat(slurm.submissions()).containsExactly("--array=0-4 job.sh");
    assertThat(nativeIds(jobs)).containsExactly("100_0", "100_1", "100_2", "100_3", "100_4");
    assertThat(jobs).allMatch(job -> job.getStatus().getState() == JobState.QUEUED);
    assertThat(Files.readAllLines(only("job_ids")))
        .containsExactlyElementsOf(jobs.stream().map(Job::getId).toList());
  }

  /** An executor that is closed does not wait for a submission that is under way. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void lateRefusalLeavesTheFilesToWhoeverHasTakenTheJobsOver(int count) throws Exception {
    slurm.delayRefusal();
    List<Job> jobs = jobs(count);
    Thread submission = new Thread(() -> executor.submitAll(jobs));
    submission.start();
    await().atMost(PATIENCE).until(slurm::isDelaying);

    reopen(JobArrays.NEVER);
    List<Job> recovered = executor.recover();
    assertThat(recovered).hasSize(count);
    assertThat(executor.submitAll(recovered)).isEmpty();
    slurm.refuse();
    submission.join();

    assertThat(only("job.sh")).exists();
  }

  @Test
  void jobsThatDifferInTheirDirectivesAreNotTogether() throws IOException {
    List<Job> large =
        jobs(2, spec -> spec.resources(ResourceSpecV1.builder().processCount(2).build()));
    List<Job> clean = jobs(2, spec -> spec.inheritEnvironment(false));
    Job single =
        new Job(
            JobSpec.builder("/bin/echo")
                .resources(ResourceSpecV1.builder().processCount(3).build())
                .build());
    List<Job> all = both(both(jobs(2), large), both(clean, List.of(single)));
    assertThat(executor.submitAll(all)).isEmpty();
    assertThat(slurm.submissions())
        .containsExactlyInAnyOrder(
            "--array=0-1 job.sh", "--array=0-1 job.sh", "--array=0-1 job.sh", "job.sh");
    assertThat(nativeIds(all)).doesNotHaveDuplicates();
    assertThat(single.getNativeId()).doesNotContain("_");
  }

  private static List<Job> named(String... names) {
    return Stream.of(names)
        .map(name -> new Job(JobSpec.builder("/bin/echo").name(name).build()))
        .toList();
  }

  @Test
  void namesKeepNoJobsApartUnlessTheyAreToShow() throws IOException {
    executor.submitAll(named("a", "b", "a"));
    assertThat(slurm.submissions()).containsExactly("--array=0-2 job.sh");
    reopen(JobArrays.SAME_NAME);
    executor.submitAll(named("a", "b", "a"));
    assertThat(slurm.submissions().subList(1, 3))
        .containsExactlyInAnyOrder("--array=0-1 job.sh", "job.sh");
    reopen(JobArrays.NEVER);
    executor.submitAll(named("a", "a"));
    assertThat(slurm.submissions().subList(3, 5)).containsExactly("job.sh", "job.sh");
  }

  @Test
  void arraysAreNoLargerThanTheSchedulerAllows() throws IOException {
    slurm.maxArraySize(3);
    List<Job> jobs = jobs(7);
    assertThat(executor.submitAll(jobs)).isEmpty();
    executor.submitAll(jobs(2));
    assertThat(slurm.submissions())
        .containsExactlyInAnyOrder(
            "--array=0-2 job.sh", "--array=0-2 job.sh", "job.sh", "--array=0-1 job.sh");
    assertThat(slurm.questionsForTheLimit()).isEqualTo(1);
    assertThat(nativeIds(jobs)).doesNotHaveDuplicates().doesNotContain("null");
  }

  @Test
  void withoutArraysOfTheSchedulerEachJobGoesByItself() throws IOException {
    slurm.maxArraySize(0);
    executor.submitAll(jobs(3));
    assertThat(slurm.submissions()).containsExactly("job.sh", "job.sh", "job.sh");
  }

  @Test
  void arrayThatIsRefusedIsTriedInHalves() throws IOException {
    slurm.takeAtMost(3);
    List<Job> jobs = jobs(8);
    assertThat(executor.submitAll(jobs)).isEmpty();
    assertThat(slurm.submissions())
        .filteredOn(submission -> submission.equals("--array=0-1 job.sh"))
        .hasSize(4);
    assertThat(nativeIds(jobs)).doesNotHaveDuplicates().doesNotContain("null");
    assertThat(folder.resolve("work/slurm/by-native-id")).isDirectoryNotContaining("glob:**/*_*");
  }

  @Test
  void jobThatCannotBeCarriedIsRefusedAlone() throws IOException {
    List<Job> sound = jobs(3);
    Job bad = new Job(JobSpec.builder("/bin/echo").name("n".repeat(2000)).build());
    Job launcher = new Job(JobSpec.builder("/bin/echo").launcher("no-such").build());
    Map<Job, PsijException> refused =
        executor.submitAll(both(List.of(bad), both(sound, List.of(launcher))));
    assertThat(refused).containsOnlyKeys(bad, launcher);
    assertThat(refused.values()).allMatch(e -> e instanceof InvalidJobException);
    assertThat(bad.getStatus().getState()).isEqualTo(JobState.NEW);
    assertThat(slurm.submissions()).containsExactly("--array=0-2 job.sh");
    assertThat(nativeIds(sound)).containsExactly("100_0", "100_1", "100_2");
  }

  private Job shell(String command, UnaryOperator<JobSpec.Builder> more) {
    return new Job(
        more.apply(JobSpec.builder("/bin/sh").arguments("-c", command, "sh", "it's $1 {{2}}"))
            .build());
  }

  private static JobStatus end(Job job) throws InterruptedException {
    return Objects.requireNonNull(job.waitFor(PATIENCE), () -> "end of " + job);
  }

  @Test
  void everyTaskRunsWithWhatIsItsOwn() throws Exception {
    slurm.run();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int index = i;
      jobs.add(
          shell(
              "echo \"$1 $VARIABLE $PSIJ_JOB_ID $PSIJ_JOB_NAME $(pwd)\"; exit " + index,
              spec ->
                  spec.environment(Map.of("VARIABLE", "#\n" + index))
                      .name("name " + index)
                      .directory(folder)
                      .stdoutPath(Path.of("out " + index))));
    }
    assertThat(executor.submitAll(jobs)).isEmpty();
    assertThat(slurm.submissions()).hasSize(1);
    for (int i = 0; i < 4; i++) {
      assertThat(end(jobs.get(i)).getExitCode()).isEqualTo(i);
      assertThat(folder.resolve("out " + i))
          .hasContent(
              "it's $1 {{2}} #\n%d %s name %d %s".formatted(i, jobs.get(i).getId(), i, folder));
    }
  }

  @Test
  void filesOfATaskAreInItsOwnFolder() throws Exception {
    slurm.run();
    Path in = Files.writeString(folder.resolve("in"), "staged");
    List<Job> jobs =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    shell(
                        "cat copy; echo " + i + " >&2; pwd",
                        spec ->
                            spec.stageIn(
                                Set.of(
                                    new StageIn(in.toUri(), Path.of("copy"), StagingMode.COPY)))))
            .toList();
    executor.submitAll(jobs);
    for (int i = 0; i < 2; i++) {
      assertThat(end(jobs.get(i)).getState()).isEqualTo(JobState.COMPLETED);
      Path task = only("job.sh").resolveSibling("task-" + i);
      assertThat(task.resolve("stdout")).hasContent("staged" + task.resolve("work"));
      assertThat(task.resolve("stderr")).hasContent(String.valueOf(i));
      await().atMost(PATIENCE).until(() -> Files.exists(task.resolve("told")));
    }
  }

  @Test
  void tasksThatAreListedTogetherHaveTheirState() throws Exception {
    List<Job> jobs = jobs(6);
    executor.submitAll(jobs);
    String script = only("job.sh").toString();
    slurm.queue(
        "100_[2-3,5%4]|PENDING|N/A|Resources|" + script,
        "100_0|RUNNING|N/A|None|" + script,
        "100_4|PENDING|N/A|JobHeldUser|" + script,
        "100_1|RUNNING|N/A|None|/elsewhere/"
            + "0".repeat(8)
            + "-0000-0000-0000-000000000000/job.sh");
    executor.refresh();
    assertThat(jobs.get(0).getStatus().getMetadata())
        .containsEntry(JobStatus.NATIVE_STATE, "RUNNING");
    assertThat(List.of(2, 3, 5))
        .extracting(i -> jobs.get(i).getStatus().getMessage())
        .containsOnly("Resources: it waits for resources");
    assertThat(jobs.get(4).getStatus().getMetadata()).containsEntry(JobStatus.EVENT, "hold");
    assertThat(jobs.get(1).getStatus().getMetadata()).doesNotContainKey(JobStatus.NATIVE_STATE);
  }

  @Test
  void taskOfAnArrayWithoutAnAnswerKeepsItsPlaceAndRunsOnce() throws Exception {
    slurm.answer(false);
    Path runs = folder.resolve("runs");
    List<Job> jobs =
        IntStream.range(0, 3)
            .mapToObj(i -> shell("echo " + i + " >>" + runs, spec -> spec))
            .toList();
    Map<Job, PsijException> refused = executor.submitAll(jobs);
    assertThat(refused.keySet()).containsExactlyElementsOf(jobs);
    assertThat(refused.get(jobs.get(1)))
        .isInstanceOfSatisfying(
            SubmitException.class, e -> assertThat(e.isOutcomeUnknown()).isTrue())
        .hasMessageContaining(jobs.get(1).getId());
    slurm.answer(true);
    slurm.run();
    assertThat(executor.submitAll(List.of(jobs.get(2), jobs.get(1)))).isEmpty();
    assertThat(slurm.submissions().subList(1, 3))
        .containsExactlyInAnyOrder("--array=1 job.sh", "--array=2 job.sh");
    assertThat(end(jobs.get(1)).getState()).isEqualTo(JobState.COMPLETED);
    assertThat(end(jobs.get(2)).getState()).isEqualTo(JobState.COMPLETED);
    assertThat(lateTask("100", 1)).isZero();
    assertThat(Files.readAllLines(runs)).containsExactlyInAnyOrder("1", "2");
  }

  /** Runs the script as the submission does that was not heard of. */
  private int lateTask(String arrayId, int index) throws Exception {
    ProcessBuilder late = new ProcessBuilder("/bin/bash", only("job.sh").toString());
    late.environment()
        .putAll(
            Map.of(
                "SLURM_JOB_ID", arrayId,
                "SLURM_ARRAY_JOB_ID", arrayId,
                "SLURM_ARRAY_TASK_ID", String.valueOf(index)));
    return late.redirectErrorStream(true)
        .redirectOutput(folder.resolve("late").toFile())
        .start()
        .waitFor();
  }

  @Test
  void arrayWithoutAnAnswerIsFoundByItsMark() throws Exception {
    slurm.answer(false);
    List<Job> jobs = jobs(3);
    executor.submitAll(jobs);
    String script = only("job.sh").toString();
    slurm.queue("100_[0-2]|PENDING|N/A|Resources|" + script);
    for (Job job : jobs) {
      executor.submit(job);
    }
    assertThat(slurm.submissions()).hasSize(1);
    assertThat(nativeIds(jobs)).containsExactly("100_0", "100_1", "100_2");
  }
}
