package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psij.JobState;
import org.psij.executors.Soak;
import org.psij.executors.batch.gridengine.GridEngineAnswers;
import org.psij.executors.batch.lsf.LsfRecordedAnswers;
import org.psij.executors.batch.pbs.PbsAnswers;
import org.psij.executors.batch.slurm.SlurmAnswers;

/** Answers of schedulers that were cut, mixed up, or tampered with: never a success made up. */
@Tag("attack")
final class HostileAnswersTest {
  private static final int ROUNDS = Soak.cases(4, 2000);
  private static final int LONG = Soak.cases(1 << 19, 10 << 20);
  private static final Duration SOON = Duration.ofSeconds(10);

  static Stream<RecordedAnswers> dialects() {
    return Stream.of(
        SlurmAnswers.all(),
        GridEngineAnswers.all(),
        PbsAnswers.openPbs(),
        PbsAnswers.torque(),
        LsfRecordedAnswers.all());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anyAnswerIsReadOrRefusedAsDocumented(RecordedAnswers recorded) {
    forEach(
        recorded,
        (question, answer, random) -> {
          List<CommandResult> others = recorded.answers().get(question);
          for (int i = 0; i < ROUNDS; i++) {
            CommandResult other = others.get(random.nextInt(others.size()));
            CommandResult changed = MutatedAnswer.of(answer, other, random);
            readOrRefuse(recorded, question, changed);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anAnswerThatIsCutTellsNoOtherEnd(RecordedAnswers recorded) {
    forEachListing(
        recorded,
        (question, answer, random) -> {
          Map<String, NativeStatus> whole = ends(recorded, question, answer);
          String out = answer.stdout();
          int step = Math.max(1, out.length() / (10 * ROUNDS));
          for (int end = random.nextInt(step); end < out.length(); end += step) {
            CommandResult cut = MutatedAnswer.withOutput(answer, out.substring(0, end));
            ends(recorded, question, cut)
                .forEach(
                    (id, status) -> {
                      NativeStatus known = whole.get(id);
                      assertThat(known).as("%s in %s", id, cut).isNotNull();
                      if (known.restarts()
                          == null) { // else each run has a record that tells an end
                        assertThat(status.state()).as("%s in %s", id, cut).isEqualTo(known.state());
                        assertThat(status.exitCode()).isEqualTo(known.exitCode());
                      }
                    });
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void whatStandsBetweenTheWordsOfAnAnswerMakesNoSuccessUp(RecordedAnswers recorded) {
    forEachListing(
        recorded,
        (question, answer, random) -> {
          Set<String> completed = completed(ends(recorded, question, answer));
          for (int i = 0; i < ROUNDS; i++) {
            CommandResult mixed = changed(answer, text -> MutatedAnswer.withJunk(text, random));
            assertThat(completed)
                .as(mixed.stdout())
                .containsAll(completed(ends(recorded, question, mixed)));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aBitThatFlipsMakesNoSuccessOfAJobThatGoesOn(RecordedAnswers recorded) {
    forEachListing(
        recorded,
        (question, answer, random) -> {
          if (ends(recorded, question, answer).isEmpty()) {
            for (int i = 0; i < ROUNDS; i++) {
              CommandResult flipped =
                  changed(answer, text -> MutatedAnswer.withFlips(text, random));
              assertThat(completed(ends(recorded, question, flipped)))
                  .as(flipped.stdout())
                  .isEmpty();
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void anIdIsOneThatTheWholeAnswerTells(RecordedAnswers recorded) {
    BatchScheduler scheduler = recorded.scheduler();
    for (CommandResult answer : recorded.answers().get(Question.SUBMISSION)) {
      Object id = read(scheduler, Question.SUBMISSION, answer);
      for (int end = 0; end < answer.stdout().length(); end++) {
        CommandResult cut = MutatedAnswer.withOutput(answer, answer.stdout().substring(0, end));
        Object found = read(scheduler, Question.SUBMISSION, cut);
        assertThat(found == null || found.equals(id)).as("%s of %s in %s", found, id, cut).isTrue();
      }
      Random random = new Random(answer.stdout().hashCode());
      for (int i = 0; i < ROUNDS; i++) {
        CommandResult mixed = changed(answer, text -> MutatedAnswer.withJunk(text, random));
        Object found = read(scheduler, Question.SUBMISSION, mixed);
        assertThat(found == null || found.equals(id))
            .as("%s of %s in %s", found, id, mixed)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aListThatIsCutHoldsNoOtherJob(RecordedAnswers recorded) {
    BatchScheduler scheduler = recorded.scheduler();
    for (CommandResult answer : recorded.answers().get(Question.LIST)) {
      Object whole = read(scheduler, Question.LIST, answer);
      int step = Math.max(1, answer.stdout().length() / (10 * ROUNDS));
      for (int end = 0; whole != null && end < answer.stdout().length(); end += step) {
        CommandResult cut = MutatedAnswer.withOutput(answer, answer.stdout().substring(0, end));
        Object found = read(scheduler, Question.LIST, cut);
        assertThat(found == null ? List.of() : (List<?>) found)
            .as("%s of %s", cut, whole)
            .allMatch(id -> ((List<?>) whole).stream().anyMatch(known -> isPartOf(known, id)));
      }
    }
  }

  /** Of an array, whose tasks cannot be told, its own number. */
  private static boolean isPartOf(Object known, Object id) {
    return known.equals(id) || known.toString().startsWith(id + ".");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void muchJunkIsReadSoon(RecordedAnswers recorded) {
    Map<String, Duration> slow = new HashMap<>();
    recorded
        .answers()
        .forEach(
            (question, answers) -> {
              for (String piece : pieces(answers)) {
                String out = piece.repeat(Math.max(1, LONG / piece.length()));
                CommandResult junk =
                    new CommandResult(answers.get(0).command(), 0, out, "", Duration.ZERO);
                Duration before = cpuTime();
                readOrRefuse(recorded, question, junk);
                Duration took = cpuTime().minus(before);
                if (took.compareTo(SOON) > 0) {
                  slow.put(question + ": " + piece, took);
                }
              }
            });
    assertThat(slow).isEmpty();
  }

  /** Of this thread, however busy the machine is with others. */
  private static Duration cpuTime() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static List<String> pieces(List<CommandResult> answers) {
    String longest =
        answers.stream()
            .map(CommandResult::stdout)
            .reduce("x", (a, b) -> a.length() > b.length() ? a : b);
    return List.of(
        "x",
        "\n",
        " ",
        "7",
        "<",
        "{",
        longest,
        "7_[0-999999]|PENDING||None|x\n",
        "<job_info><job_list><JB_job_number>7</JB_job_number><state>qw</state>"
            + "<tasks>1-999999:1</tasks></job_list></job_info>\n");
  }

  // --- how they are asked ---

  private interface Attack {
    void on(Question question, CommandResult answer, Random random);
  }

  private static void forEach(RecordedAnswers recorded, Attack attack) {
    assertThat(recorded.answers()).isNotEmpty();
    recorded
        .answers()
        .forEach(
            (question, answers) -> {
              assertThat(answers).as("%s of %s", question, recorded).isNotEmpty();
              Random random = new Random(question.name().hashCode());
              answers.forEach(answer -> attack.on(question, answer, random));
            });
  }

  private static void forEachListing(RecordedAnswers recorded, Attack attack) {
    forEach(
        recorded,
        (question, answer, random) -> {
          if (question == Question.STATUS || question == Question.ACCOUNTING) {
            attack.on(question, answer, random);
          }
        });
  }

  private static CommandResult changed(CommandResult answer, UnaryOperator<String> change) {
    return MutatedAnswer.withOutput(answer, change.apply(answer.stdout()));
  }

  private static void readOrRefuse(
      RecordedAnswers recorded, Question question, CommandResult answer) {
    read(recorded.scheduler(), question, answer);
  }

  private static @Nullable Object read(
      BatchScheduler scheduler, Question question, CommandResult answer) {
    try {
      return question.read(scheduler, answer);
    } catch (Throwable e) {
      if (!question.allows(e)) {
        fail(question + " is not to throw " + e.getClass() + " for " + answer.stdout(), e);
      }
      return null;
    }
  }

  private static Map<String, NativeStatus> ends(
      RecordedAnswers recorded, Question question, CommandResult answer) {
    Map<String, NativeStatus> ends = new HashMap<>();
    if (read(recorded.scheduler(), question, answer) instanceof StatusListing listing) {
      listing.jobs().entrySet().stream()
          .filter(job -> job.getValue().isFinal())
          .forEach(job -> ends.put(job.getKey(), job.getValue()));
    }
    return ends;
  }

  private static Set<String> completed(Map<String, NativeStatus> ends) {
    Set<String> ids = new TreeSet<>();
    ends.forEach(
        (id, status) -> {
          if (status.state() == JobState.COMPLETED) {
            ids.add(id);
          }
        });
    return ids;
  }
}
