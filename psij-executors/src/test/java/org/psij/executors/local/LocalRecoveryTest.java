package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.serialize.JsonJobSpecSerializer;

/** What is known of jobs whose JVM, whose spawn helper, or both were killed. */
final class LocalRecoveryTest extends LocalFixture {
  private static final String ANOTHER_BOOT = "0b5d5f3c-0000-4000-8000-000000000000 pid:[1]";

  private Path journalOf(String owner) {
    return folder.resolve("work/local/journal-" + owner);
  }

  /** Writes what a killed process would have left. */
  private String abandoned(String... records) throws IOException {
    String owner = UUID.randomUUID().toString();
    List<String> lines = new ArrayList<>(List.of("PLACE " + Place.here(), "OWNER " + owner));
    lines.addAll(List.of(records));
    Files.write(journalOf(owner), lines);
    return owner;
  }

  private static String spec(String jobId, JobSpec.Builder spec) {
    return "SPEC " + jobId + " " + new JsonJobSpecSerializer().dumps(spec.build());
  }

  private Map<String, Job> recovered() {
    Map<String, Job> jobs = new HashMap<>();
    executor.recover().forEach(job -> jobs.put(job.getId(), job));
    return jobs;
  }

  private Process submitAndDie(boolean helper, String... scripts) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                SubmitAndDie.class.getName(),
                folder.resolve("work").toString(),
                String.valueOf(helper)));
    command.addAll(List.of(scripts));
    return new ProcessBuilder(command).inheritIO().start();
  }

  @Test
  void exitCodesSurviveTheJvm() throws Exception {
    Process jvm =
        submitAndDie(true, "exit 3", "sleep 1; exit 4", "sleep 3; kill -KILL $$", "exit 0");
    assertThat(jvm.waitFor()).isEqualTo(137);

    List<Job> jobs = executor.recover();

    Map<String, String> ends = new HashMap<>();
    for (Job job : jobs) {
      JobStatus end = end(job);
      ends.put(
          job.getSpec().getName(), end.getState() + " " + end.getExitCode() + " " + end.getCause());
    }
    assertThat(ends)
        .containsOnly(
            Map.entry("job 0", "FAILED 3 EXIT_CODE"),
            Map.entry("job 1", "FAILED 4 EXIT_CODE"),
            Map.entry("job 2", "FAILED 137 SIGNAL"),
            Map.entry("job 3", "COMPLETED 0 null"));
    try (JobExecutor later = open(config())) {
      assertThat(later.recover()).as("all ends were told").isEmpty();
    }
  }

  @Test
  void withoutTheHelperARunningJobIsFoundAndItsExitCodeIsLost() throws Exception {
    Process jvm = submitAndDie(false, "sleep 3; exit 4");
    assertThat(jvm.waitFor()).isEqualTo(137);

    List<Job> jobs = executor.recover();

    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).getStatus().getState()).isEqualTo(JobState.ACTIVE);
    JobStatus end = end(jobs.get(0));
    assertThat(end.getCause()).isEqualTo(FailureCause.LOST);
    assertThat(end.getExitCode()).isNull();
  }

  @Test
  void scriptTellsItsEndIfJvmAndHelperAreKilled() throws Exception {
    Process jvm = submitAndDie(true, "sleep 3; exit 4", "script: sleep 3; exit 5");
    assertThat(jvm.waitFor()).isEqualTo(137);
    killHelpers();

    Map<String, JobStatus> ends = new HashMap<>();
    for (Job job : executor.recover()) {
      ends.put(job.getSpec().getName(), end(job));
    }

    assertThat(ends.get("job 0").getCause()).isEqualTo(FailureCause.LOST);
    assertThat(ends.get("job 1").getExitCode()).isEqualTo(5);
  }

  private void killHelpers() throws IOException {
    for (JournalReader journal : new Journals(folder.resolve("work/local")).readAll()) {
      for (String line : Files.readAllLines(journal.file())) {
        if (line.startsWith("STARTER ")) {
          ProcessHandle.of(Long.parseLong(line.split(" ", -1)[1]))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
      await().atMost(PATIENCE).until(() -> !journal.hasStarter());
    }
  }

  @Test
  void jobsGoOnWhenTheHelperOfALivingJvmIsKilled() throws Exception {
    Path out = folder.resolve("out");
    Job job = submit(shell("sleep 1; echo done").stdoutPath(out));
    Job scripted = submit(shell("sleep 1; exit 6").launcher("multiple"));
    killHelpers();
    assertThat(end(job).getCause()).isEqualTo(FailureCause.LOST);
    assertThat(out).hasContent("done");
    assertThat(end(scripted).getExitCode()).as("told by the script").isEqualTo(6);
    assertThat(run(shell("exit 7")).getExitCode()).as("by another helper").isEqualTo(7);
    Job longer = submit(shell("sleep 300"));
    killHelpers();
    longer.cancel();
    assertThat(end(longer).getState()).isEqualTo(JobState.CANCELED);
  }

  @Test
  void jobThatWasNotStartedIsNewAndRunsOnce() throws Exception {
    Path lines = folder.resolve("lines");
    abandoned(spec("not-started", shell("echo line >>'" + lines + "'")));

    Job job = recovered().get("not-started");
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
    executor.submit(job);
    assertThat(end(job).getState()).isEqualTo(JobState.COMPLETED);

    assertThat(lines).hasContent("line");
    executor.close();
    executor = open(config());
    assertThat(executor.recover()).isEmpty();
  }

  @Test
  void refusedJobIsNotRecovered() throws Exception {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> submit(JobSpec.builder("/bin/echo").arguments("x".repeat(200_000)))))
        .hasMessageContaining("cannot be started");
    executor.close();
    executor = open(config());
    assertThat(executor.recover()).isEmpty();
  }

  @Test
  void jobThatMayHaveRunIsLostAndNotNew() throws Exception {
    abandoned(spec("unclear", shell("true")), "STARTING unclear");
    Job job = recovered().get("unclear");
    assertThat(end(job).getCause()).isEqualTo(FailureCause.LOST);
    assertThat(job.getStatus().getMessage()).contains("may have run");
  }

  @Test
  void processThatWasNotWrittenDownIsFoundByItsVariable() throws Exception {
    ProcessBuilder child = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "300");
    child.environment().put("PSIJ_JOB_ID", "unwritten");
    Process process = child.start();
    await().atMost(PATIENCE).until(() -> ProcessTable.read().isGroup(process.pid()));
    abandoned(spec("unwritten", shell("true")), "STARTING unwritten");
    Job job = recovered().get("unwritten");
    assertThat(job.getNativeId()).isEqualTo(String.valueOf(process.pid()));
    job.cancel();
    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
    assertThat(process.waitFor()).isEqualTo(143);
  }

  @Test
  void processesOfAnEarlierBootAreLostWhateverHasTheirNumberNow() throws Exception {
    Process stranger = new ProcessBuilder("/bin/sleep", "300").start();
    try {
      String owner =
          abandoned(
              "PLACE " + Place.here().host() + " " + ANOTHER_BOOT,
              spec("before", shell("true")),
              "STARTING before",
              "STARTED before " + stranger.pid() + " 17 1700000000.5");
      assertThat(executor.list()).isEmpty();
      Job job = recovered().get("before");
      job.cancel();
      assertThat(end(job).getCause()).isEqualTo(FailureCause.LOST);
      assertThat(stranger.isAlive()).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(Files.readString(journalOf(owner))).contains("TOLD before"));
    } finally {
      stranger.destroy();
    }
  }

  @Test
  void journalOfAnotherMachineIsLeftToIt() throws Exception {
    abandoned("PLACE elsewhere " + ANOTHER_BOOT, spec("there", shell("true")));
    assertThat(executor.recover()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STARTED x",
        "STARTED x 1e99999999 - 1",
        "ENDED broken 0 0 99999999999999999999999999",
        "OWNER ../../etc",
        "SPEC ../../x {}",
        "NONSENSE",
        "SPEC",
        "ENDED",
        "\u0000\u0001"
      })
  void brokenRecordSpoilsNoOther(String record) throws Exception {
    String owner = abandoned(record, spec("whole", shell("true")), record);
    Files.writeString(journalOf(owner), "SPEC half {\"exec", StandardOpenOption.APPEND);
    assertThat(recovered()).containsKey("whole").doesNotContainKey("half");
  }

  @Test
  void unreadableSpecificationIsNoObstacle() throws Exception {
    abandoned(
        "SPEC half {not json", "SPEC run {not json", "STARTING run", spec("good", shell("true")));
    Map<String, Job> jobs = recovered();
    assertThat(jobs).as("half was never handed over").containsOnlyKeys("run", "good");
    assertThat(jobs.get("run").getSpec()).isNull();
    assertThat(jobs.get("good").getSpec()).isNotNull();
  }

  @Test
  void processOfAnotherContainerIsLeftAlone() throws Exception {
    abandoned(
        "PLACE " + Place.here().host() + " " + Place.here().boot() + " pid:[1]",
        spec("there", shell("true")));
    assertThat(executor.recover()).isEmpty();
  }

  /** What a full disk may have left: half a record, and the next one. */
  @Test
  void halfARecordIsNoJob() throws Exception {
    abandoned("STARTING half-an-i", spec("whole", shell("true")), "STARTED half 1 2 3");
    assertThat(recovered()).containsOnlyKeys("whole");
  }

  @Test
  void interruptedThreadRecoversAndAttachesAllTheSame() throws Exception {
    abandoned(spec("waiting", shell("true")));
    Job running = submit(shell("sleep 1; exit 7"));
    Thread.currentThread().interrupt();
    assertThat(recovered()).containsOnlyKeys("waiting");
    try (JobExecutor other = open(config())) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(running.getNativeId()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(end(attached).getExitCode()).isEqualTo(7);
    }
  }

  @Test
  void endOfAJobWhoseHelperIsGoneIsNotHeldUpByTheNextHelper() throws Exception {
    Job first = submit(shell("sleep 1"));
    killHelpers();
    Job second = submit(shell("sleep 300"));
    try (JobExecutor other = open(config())) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(first.getNativeId()));
      assertThat(end(attached).getCause()).isEqualTo(FailureCause.LOST);
    }
    second.cancel();
    end(second);
  }

  @Test
  void eachJobIsRecoveredByOneOfMany() throws Exception {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      records.add(spec("job-" + i, shell("true")));
    }
    abandoned(records.subList(0, 100).toArray(String[]::new));
    abandoned(records.subList(100, 200).toArray(String[]::new));
    List<String> found = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<JobExecutor> executors = new ArrayList<>();
    try {
      List<Callable<List<Job>>> recoveries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        JobExecutor another = open(config());
        executors.add(another);
        recoveries.add(another::recover);
      }
      for (Future<List<Job>> jobs : threads.invokeAll(recoveries)) {
        jobs.get().forEach(job -> found.add(job.getId()));
      }
    } finally {
      executors.forEach(JobExecutor::close);
      threads.shutdown();
    }
    assertThat(found).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void cancelByAnotherExecutorIsToldByBoth() throws Exception {
    Job job = submit(JobSpec.builder("/bin/sleep").arguments("300"));
    try (JobExecutor other = open(config())) {
      Job attached = new Job();
      other.attach(attached, String.valueOf(job.getNativeId()));
      attached.cancel();
      assertThat(end(attached).getState()).isEqualTo(JobState.CANCELED);
    }
    assertThat(end(job).getState()).isEqualTo(JobState.CANCELED);
  }
}
