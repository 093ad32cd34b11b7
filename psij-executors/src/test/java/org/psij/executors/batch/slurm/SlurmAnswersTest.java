package org.psij.executors.batch.slurm;

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

class SlurmAnswersTest {
  private static SubmitException refusal(CommandResult result) {
    SubmitException e =
        catchThrowableOfType(SubmitException.class, () -> SbatchAnswer.nativeId(result));
    assertThat(e).isNotNull();
    return e;
  }

  private static SubmitException cancelRefusal(CommandResult result) {
    SubmitException e =
        catchThrowableOfType(SubmitException.class, () -> ScancelAnswer.check(result));
    assertThat(e).isNotNull();
    return e;
  }

  @ParameterizedTest
  @CsvSource({
    "sbatch.parsable, 14",
    "sbatch.array-parsable, 15",
    "sbatch.het-parsable, 16",
    "sbatch.root, 24",
    "error.sbatch-invalid-qos, 5",
    "error.sbatch-bad-workdir, 12"
  })
  void theIdIsFound(String sample, String id) {
    assertThat(SbatchAnswer.nativeId(SlurmSample.read(sample))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"123;cluster\n", "123\n", "Note: 7 jobs\n 5 left\n123;c\n", "\n123\n\n"})
  void clusterAndChatterAreLeftOut(String output) {
    assertThat(SbatchAnswer.nativeId(SlurmSample.result(0, output, "sbatch: a warning\n")))
        .isEqualTo("123");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array-too-large",
        "bad-dependency-syntax",
        "bad-mem",
        "bad-option",
        "bad-time",
        "empty-script",
        "invalid-account",
        "license",
        "no-script",
        "noshebang",
        "past-begin",
        "too-many-cpus-per-task",
        "too-many-gpus",
        "too-much-memory",
        "uid-other",
        "unknown-constraint",
        "unknown-gres",
        "unknown-node",
        "unknown-partition",
        "unknown-reservation",
        "zero-tasks"
      })
  void aRefusalIsPermanentAndInSlurmsOwnWords(String sample) {
    CommandResult result = SlurmSample.read("error.sbatch-" + sample);
    SubmitException e = refusal(result);
    assertThat(e.isTransient()).isFalse();
    assertThat(e)
        .hasMessageStartingWith("Slurm refused the job: ")
        .hasCauseInstanceOf(CommandException.class);
    String last = result.stderr().strip().replaceFirst("(?s).*\n", "");
    assertThat(e.getMessage()).contains(last.replaceFirst(".*(error|failed): ", ""));
  }

  @Test
  void aRefusalNamesTheField() {
    assertThat(refusal(SlurmSample.read("error.sbatch-unknown-partition")))
        .hasMessage(
            "Slurm refused the job: invalid partition specified: nosuch; Invalid partition name"
                + " specified (attributes.queue_name must be one that sinfo shows)");
    assertThat(refusal(SlurmSample.read("error.sbatch-invalid-account")))
        .hasMessageContaining("attributes.account");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Unable to contact slurm controller (connect failure)",
        "Resource temporarily unavailable",
        "Slurm backup controller in standby mode",
        "sbatch: error: AssocMaxSubmitJobLimit",
        "sbatch: error: QOSMaxSubmitJobPerUserLimit"
      })
  void whatMayPassIsTransient(String words) {
    SubmitException e = refusal(SlurmSample.result(1, "", words + "\n"));
    assertThat(e.isTransient()).isTrue();
    assertThat(e.isOutcomeUnknown()).isFalse();
  }

  @Test
  void aControllerThatIsDownIsTransient() {
    SubmitException e = refusal(SlurmSample.read("error.ctld-down-sbatch"));
    assertThat(e.isTransient()).isTrue();
    assertThat(e.isOutcomeUnknown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, '', Batch job submission failed: Socket timed out on send/recv operation",
    "1, '', Zero Bytes were transmitted or received",
    "1, '', Unable to contact slurm controller (receive failure)",
    "143, '', ''",
    "0, '', ''",
    "0, Submitted batch job 12, ''",
    "0, 12, ''",
    "1, 12, ''"
  })
  void whereTheAnswerIsMissingTheOutcomeIsUnknown(int code, String out, String err) {
    assertThat(refusal(SlurmSample.result(code, out, err)).isOutcomeUnknown()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scancel.pending",
        "error.scancel-unknown",
        "error.scancel-unknown-v",
        "error.scancel-finished",
        "error.scancel-finished-v",
        "error.scancel-purged",
        "error.scancel-cancelled",
        "error.scancel-array-unknown-task"
      })
  void aJobThatIsGoneNeedNotBeCancelled(String sample) {
    assertThatCode(() -> ScancelAnswer.check(SlurmSample.read(sample))).doesNotThrowAnyException();
  }

  @Test
  void theJobOfSomebodyElseIsNotCancelled() {
    SubmitException e = cancelRefusal(SlurmSample.read("error.scancel-not-owner"));
    assertThat(e.isTransient()).isFalse();
    assertThat(e)
        .hasMessageContaining("Access/permission denied")
        .hasCauseInstanceOf(CommandException.class);
  }

  @Test
  void aCancellationThatNobodyHeardIsTransient() {
    assertThat(cancelRefusal(SlurmSample.read("error.ctld-down-scancel")).isTransient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scancel: error: Kill job error on job id 3: Socket timed out on send/recv operation",
        "Unable to contact slurm controller (receive failure)"
      })
  void aCancellationWithoutAnAnswerMayHaveBeenHeard(String words) {
    assertThat(cancelRefusal(SlurmSample.result(140, "", words)).isOutcomeUnknown()).isTrue();
  }

  @Test
  void whatIsNoIdCannotBeCancelled() {
    assertThat(cancelRefusal(SlurmSample.read("error.scancel-garbage")).isTransient()).isFalse();
  }
}
