package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.SubmitException;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/** Against answers as the manual gives them: no LSF was at hand. */
final class LsfAnswersTest {
  private final LsfScheduler lsf = new LsfScheduler();

  private static CommandResult bsub(int exitCode, String stdout, String stderr) {
    return LsfSample.result(exitCode, stdout, stderr, "bsub");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Job <123> is submitted to queue <normal>.\n",
        "Job <123> is submitted to default queue <normal>.\n",
        "Checking the project <x> ...\nJob <123> is submitted to queue <normal>.\nThank you\n",
        "Job <123> is submitted to ",
      })
  void numberOfTheJobIsItsId(String answer) {
    assertThat(lsf.parseSubmission(bsub(0, answer, ""))).isEqualTo("123");
  }

  @Test
  void refusalIsPermanentAndInTheWordsOfLsf() {
    String words = "nosuch: No such queue. Job not submitted.";
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.parseSubmission(bsub(255, "", words + "\n")))
        .withMessage("LSF did not take the job: " + words)
        .withCauseInstanceOf(CommandException.class)
        .matches(e -> !e.isTransient());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LSF is down. Please wait ...",
        "Cannot connect to LSF. Please wait ...",
        "batch daemon not responding ... still trying",
        "User <u>: Pending job threshold reached. Retrying in 60 seconds...",
        "Failed in an LSF library call: Communication time out. Job not submitted.",
      })
  void daemonThatDoesNotAnswerIsATransientFailure(String words) {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.parseSubmission(bsub(255, "", words)))
        .matches(e -> e.isTransient() && !e.isOutcomeUnknown());
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.checkCancellation(bsub(255, "", words)))
        .matches(SubmitException::isTransient);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Job <12", "hello", "Job <> is submitted to queue <x>."})
  void answerThatNamesNoJobLeavesTheOutcomeUnknown(String answer) {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.parseSubmission(bsub(0, answer, "")))
        .matches(SubmitException::isOutcomeUnknown);
  }

  @Test
  void answerThatWasLostLeavesTheOutcomeUnknown() {
    String words = "Failed in receiving a message from the master batch daemon";
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.parseSubmission(bsub(255, "", words)))
        .matches(SubmitException::isOutcomeUnknown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Job <1> is being terminated",
        "Job <1>: Job has already finished",
        "Job <1>: No matching job found",
        "Job <1>: Operation is in progress",
        "No matching job found",
      })
  void jobThatIsGoingOrGoneIsNoError(String words) {
    assertThatCode(() -> lsf.checkCancellation(bsub(255, words, ""))).doesNotThrowAnyException();
    assertThatCode(() -> lsf.checkCancellation(bsub(255, "", words))).doesNotThrowAnyException();
  }

  @Test
  void jobOfSomebodyElseIsARefusal() {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> lsf.checkCancellation(bsub(255, "", "Job <1>: User permission denied\n")))
        .withMessageContaining("User permission denied")
        .matches(e -> !e.isTransient());
  }
}
