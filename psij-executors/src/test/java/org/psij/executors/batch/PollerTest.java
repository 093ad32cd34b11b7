package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.work.JobDirectory;

final class PollerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private @Nullable Error fault;
  private Duration graceTime = Duration.ofMinutes(1);
  private final CountingRunner runner = new CountingRunner();
  private final Map<Object, List<BatchRun>> members = new ConcurrentHashMap<>();
  private final Map<String, JobStatus> ends = new ConcurrentHashMap<>();
  private Poller poller;

  @AfterEach
  void everybodyLeavesAndNoThreadRemains() {
    members.forEach((member, runs) -> poller.leave(member, runs));
    await().atMost(PATIENCE).until(() -> !isThreadAlive());
  }

  private static boolean isThreadAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("psij-counted-poll"));
  }

  private Object join(Duration interval) {
    Object member = new Object();
    BatchExecutorConfig config =
        BatchExecutorConfig.builder().pollingInterval(interval).commandFolder(folder).build();
    poller = Poller.join(member, "counted", new CountedScheduler(), config, runner);
    members.put(member, new ArrayList<>());
    return member;
  }

  private void follow(Object member, @Nullable JobDirectory directory, String... ids) {
    for (String id : ids) {
      BatchRun run =
          new BatchRun(
              new Job(),
              directory == null ? null : JobSpec.builder("/bin/true").build(),
              directory,
              id,
              new Surroundings());
      members.get(member).add(run);
      poller.add(run, Duration.ofMillis(100));
    }
  }

  private static String[] ids(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> "1" + "%09d".formatted(id))
        .toArray(String[]::new);
  }

  @Test
  void anyNumberOfJobsAndExecutorsCostOneQuestionAnInterval() {
    Duration interval = Duration.ofMillis(300);
    follow(join(interval), null, ids(0, 50));
    follow(join(Duration.ofMinutes(10)), null, ids(50, 100));

    await().atMost(PATIENCE).until(() -> runner.questions("status").size() >= 5);
    assertThat(runner.questions("accounting")).isEmpty();
    assertThat(runner.lastIds("status")).containsExactlyInAnyOrder(ids(0, 100));
    assertThat(runner.gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThan(interval));
  }

  @Test
  void earlyLooksAreCoalescedAndSpacedEverWider() {
    follow(join(Duration.ofHours(1)), null, ids(0, 3));
    await().atMost(PATIENCE).until(() -> runner.questions("status").size() == 1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              poller.lookSoon(Duration.ZERO);
              return runner.questions("status").size() == 3;
            });
    assertThat(runner.gaps().get(0)).isBetween(Duration.ofMillis(990), Duration.ofMillis(1900));
    assertThat(runner.gaps().get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
  }

  @Test
  void jobsThatLeaveWithoutAWordCostOneQuestionToTheAccounting() {
    runner.answers =
        command ->
            command.get(0).equals("status")
                ? CountedScheduler.answer(command)
                : CountedScheduler.answer(
                    command, rows(command, JobState.COMPLETED).toArray(String[]::new));
    follow(join(Duration.ofHours(1)), null, ids(0, 20));
    await().atMost(PATIENCE).until(() -> ends.size() == 20);
    assertThat(runner.questions("status")).hasSize(1);
    assertThat(runner.questions("accounting")).hasSize(1);
    assertThat(ends.values()).allMatch(end -> end.getState() == JobState.COMPLETED);
  }

  @Test
  void endInTheStatusFileIsFoundByTheNextQuestionWithoutAHint() throws Exception {
    Files.writeString(folder.resolve("status.1"), "1.5 ACTIVE\n2.5 COMPLETED exit=0\n");
    follow(join(Duration.ofHours(1)), new JobDirectory(folder), "7");
    await().atMost(PATIENCE).until(() -> ends.containsKey("7"));
    assertThat(runner.questions("status")).hasSize(1);
    assertThat(runner.questions("accounting")).isEmpty();
  }

  @Test
  void errorInAPlugInEndsNoPolling() throws Exception {
    Files.writeString(folder.resolve("status.1"), "1.5 ACTIVE\n2.5 FAILED exit=3\n");
    fault = new NoClassDefFoundError("of a launcher");
    follow(join(Duration.ofMillis(100)), new JobDirectory(folder), "7");
    await().atMost(PATIENCE).until(() -> runner.questions("status").size() >= 3);
    assertThat(ends).isEmpty();
  }

  @Test
  void silenceOfTheSchedulerChangesNothingAndIsLoggedOnce() {
    runner.answers =
        command -> {
          throw CommandException.ofTimeout("'status' was killed after 9 ms");
        };
    PrintStream stderr = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      follow(join(Duration.ofMillis(100)), null, ids(0, 3));
      await().atMost(PATIENCE).until(() -> runner.questions("status").size() >= 6);
    } finally {
      System.setErr(stderr);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("WARN")))
        .hasSize(1)
        .allMatch(line -> line.contains("not answered 3 times"))
        .allMatch(line -> line.contains("was killed after 9 ms"));
    assertThat(runner.gaps().get(3)).isGreaterThan(Duration.ofMillis(640)); // 8 intervals
    assertThat(ends).isEmpty();
  }

  @Test
  void whatScriptsTellIsFoundWhileTheSchedulerIsAway() throws Exception {
    runner.answers =
        command -> {
          throw CommandException.ofTimeout("'status' was killed after 9 ms");
        };
    Files.writeString(folder.resolve("status.1"), "1.5 ACTIVE\n2.5 COMPLETED exit=0\n");
    follow(join(Duration.ofHours(1)), new JobDirectory(folder), "7");
    await().atMost(PATIENCE).until(() -> ends.containsKey("7"));
    assertThat(ends.get("7").getState()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void accountingThatCannotBeReadSaysNothingOfAnyJob() {
    graceTime = Duration.ZERO;
    runner.answers =
        command ->
            command.get(0).equals("status")
                ? CountedScheduler.answer(command)
                : CountedScheduler.answer(command, "\u0000garbage", "12 COMPLETED");
    follow(join(Duration.ofMillis(100)), null, "11", "12");
    await().atMost(PATIENCE).until(() -> runner.questions("accounting").size() >= 3);
    assertThat(ends).containsOnlyKeys("12");
  }

  @Test
  void answerWithoutAReadableRowIsNone() {
    runner.answers = command -> CountedScheduler.answer(command, "\u0000garbage");
    follow(join(Duration.ofMillis(100)), null, ids(0, 3));
    await().atMost(PATIENCE).until(() -> runner.questions("status").size() >= 5);
    assertThat(runner.gaps().get(3)).isGreaterThan(Duration.ofMillis(640)); // 8 intervals
  }

  @Test
  void answerThatTheDialectCannotReadNeitherChangesAnythingNorEndsTheQuestions() {
    runner.answers = command -> CountedScheduler.answer(command, "\u0000garbage", "1 NOVEL");
    follow(join(Duration.ofMillis(100)), null, ids(0, 3));
    await().atMost(PATIENCE).until(() -> runner.questions("status").size() >= 3);
    assertThat(ends).isEmpty();

    runner.answers =
        command ->
            CountedScheduler.answer(
                command, rows(command, JobState.COMPLETED).toArray(String[]::new));
    await().atMost(PATIENCE).until(() -> ends.size() == 3);
  }

  @Test
  void longListsAreSplitAndNoJobIsMissedForIt() {
    Thread looking = Thread.currentThread();
    List<List<String>> asked = new ArrayList<>(); // not by the polls that go on beside
    Function<List<String>, CommandResult> answers = runner.answers;
    runner.answers =
        command -> {
          if (Thread.currentThread() == looking) {
            asked.add(command);
          }
          return answers.apply(command);
        };
    follow(join(Duration.ofHours(1)), null, ids(0, 30_000));
    poller.look();
    assertThat(asked)
        .hasSizeBetween(3, 5)
        .allSatisfy(command -> assertThat(command.get(0)).isEqualTo("status"))
        .allSatisfy(command -> assertThat(command.get(1)).hasSizeLessThan(128 * 1024));
    assertThat(asked.stream().flatMap(CountingRunner::idsOf).sorted())
        .containsExactly(Stream.of(ids(0, 30_000)).sorted().toArray(String[]::new));
  }

  @Test
  void jobsOfAnExecutorThatHasLeftAreNotAskedFor() {
    Object first = join(Duration.ofHours(1));
    Object second = join(Duration.ofHours(1));
    follow(first, null, "1");
    follow(second, null, "2");
    poller.leave(first, members.remove(first));
    poller.look();
    assertThat(runner.lastIds("status")).containsExactly("2");
  }

  private static List<String> rows(List<String> command, JobState state) {
    return CountingRunner.idsOf(command).map(id -> id + " " + state).toList();
  }

  /** Runs nothing: counts, and answers that all jobs are active unless a test says otherwise. */
  private static final class CountingRunner implements CommandRunner {
    final Queue<List<String>> commands = new ConcurrentLinkedQueue<>();
    final Queue<Long> times = new ConcurrentLinkedQueue<>();
    volatile Function<List<String>, CommandResult> answers =
        command ->
            CountedScheduler.answer(command, rows(command, JobState.ACTIVE).toArray(String[]::new));

    @Override
    public CommandResult run(List<String> command, Duration limit) {
      commands.add(command);
      times.add(System.nanoTime());
      return answers.apply(command);
    }

    @Override
    public RunningCommand start(List<String> command, Duration limit) {
      throw new UnsupportedOperationException();
    }

    List<List<String>> questions(String name) {
      return commands.stream().filter(command -> command.get(0).equals(name)).toList();
    }

    List<String> lastIds(String name) {
      List<List<String>> questions = questions(name);
      return idsOf(questions.get(questions.size() - 1)).toList();
    }

    static java.util.stream.Stream<String> idsOf(List<String> command) {
      return java.util.Arrays.stream(command.get(1).split(",", -1));
    }

    List<Duration> gaps() {
      List<Long> at = List.copyOf(times);
      return IntStream.range(1, at.size())
          .mapToObj(i -> Duration.ofNanos(at.get(i) - at.get(i - 1)))
          .toList();
    }
  }

  private final class Surroundings extends QuietSurroundings {
    @Override
    public void report(Job job, JobStatus status) {
      if (status.isFinal()) {
        members.values().stream()
            .flatMap(List::stream)
            .filter(run -> run.job() == job)
            .forEach(run -> ends.put(run.nativeId(), status));
      }
    }

    @Override
    public @Nullable String explainFailure(JobSpec spec, JobDirectory directory, int exitCode) {
      if (fault != null) {
        throw fault;
      }
      return null;
    }

    @Override
    public void lookSoon(Duration delay) {
      poller.lookSoon(delay);
    }

    @Override
    public Duration graceTime() {
      return graceTime;
    }

    @Override
    public void ended(BatchRun run) {
      poller.remove(run);
    }
  }
}
