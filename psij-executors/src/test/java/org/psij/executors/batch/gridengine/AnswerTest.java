package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

final class AnswerTest {
  private static SubmitException refusal(CommandResult result) {
    return catchThrowableOfType(SubmitException.class, () -> new Answer(result).submitted());
  }

  private static SubmitException deletionRefusal(CommandResult result) {
    return catchThrowableOfType(SubmitException.class, () -> new Answer(result).requireDeleted());
  }

  @ParameterizedTest
  @CsvSource({
    "qsub.terse, 5",
    "qsub.array-terse, 7",
    "qsub.array-step-terse, 8",
    "qsub.array-one-terse, 9",
    "qsub.plain, 3",
    "qsub.array, 6",
    "error.qsub-double-pe, 220",
    "qsub.terse-with-w-w, 211",
  })
  void idIsTheLastLine(String name, String id) {
    assertThat(new Answer(Sample.of(name)).submitted()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error.qsub-unknown_queue | unknown queue \"nosuch.q\"",
        "error.qsub-unknown_pe | parallel environment \"nosuch\" does not exist",
        "error.qsub-gpu | unknown resource \"gpu\"",
        "error.qsub-project_unknown | project \"nosuch\" does not exist",
        "error.qsub-ar_unknown | advance reservation id 77 is invalid",
        "error.qsub-impossible_we | no suitable queues",
        "error.qsub-bad_option | invalid option argument",
        "error.qsub-date_bad | Wrong date/time format",
        "qsub.wd-missing-script | No such file or directory",
        "qsub.not-readable | Permission denied",
        "qsub.empty-script | no script in your request",
        "qsub.now-no | could not be scheduled",
      })
  void refusalIsPermanentAndSaysWhy(String name, String words) {
    SubmitException refusal = refusal(Sample.of(name));
    assertThat(refusal.isTransient()).isFalse();
    assertThat(refusal).hasMessageContaining(words).hasCauseInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error.qmaster-down-qsub",
        "error.qmaster-port-wrong-qsub",
        "error.sge-root-wrong",
        "error.no-wrapper-no-root",
      })
  void unreachableMasterMayBeAskedAgain(String name) {
    SubmitException refusal = refusal(Sample.of(name));
    assertThat(refusal.isTransient()).isTrue();
    assertThat(refusal.isOutcomeUnknown()).isFalse();
  }

  @Test
  void missingReplyLeavesTheOutcomeOpen() {
    assertThat(refusal(Sample.result(0, "", "")).isOutcomeUnknown()).isTrue();
    assertThat(refusal(Sample.result(0, "a warning", "")).isOutcomeUnknown()).isTrue();
    assertThat(refusal(Sample.result(137, "", "")).isOutcomeUnknown()).isTrue();
    String timeout =
        "error: failed receiving gdi request response for mid=1 (got syncron message receive"
            + " timeout error).";
    assertThat(refusal(Sample.result(1, "", timeout)).isOutcomeUnknown()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qdel.running",
        "qdel.again",
        "error.qdel-unknown",
        "error.qdel-finished",
        "error.qdel-array-unknown-task",
        "dr.qdel",
        "dr.qdel-again",
        "array.qdel-task",
        "array.qdel-running-task",
      })
  void deletedOrGoneIsNoError(String name) {
    assertThatCode(() -> new Answer(Sample.of(name)).requireDeleted()).doesNotThrowAnyException();
  }

  @Test
  void deletionOfAnothersJobIsRefused() {
    SubmitException refusal = deletionRefusal(Sample.of("error.qdel-not-owner"));
    assertThat(refusal.isTransient()).isFalse();
    assertThat(refusal).hasMessageContaining("necessary privileges");
  }

  @Test
  void deletionMayBeTriedAgainIfTheMasterIsDown() {
    assertThat(deletionRefusal(Sample.of("error.qmaster-down-qdel")).isTransient()).isTrue();
  }

  @Test
  void truncatedAnswerIsNoUndocumentedError() {
    String text = Sample.of("qsub.plain").stdout();
    for (int length = 0; length < text.stripTrailing().length(); length++) {
      assertThat(refusal(Sample.result(0, text.substring(0, length), "")).isOutcomeUnknown())
          .isTrue();
    }
  }
}
