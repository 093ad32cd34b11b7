package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayTask;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.StatusListing;

/** By the manual: no LSF was at hand. */
final class LsfArraysTest {
  private final LsfScheduler lsf = new LsfScheduler();
  private final ArrayDialect arrays = lsf.arrays();

  private static BatchJob job(JobSpec.Builder spec) {
    return LsfSample.job(spec, ResourceSpecV1.builder());
  }

  private List<String> command(JobSpec.Builder spec, int first, int last) {
    return arrays.submitCommand(job(spec), "/w/job.sh", first, last);
  }

  private String[] tasks(String array, int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> arrays.taskId(array, index))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"0, 4, true[1-5]", "3, 3, true[4]"})
  void rangeStandsBehindTheName(int first, int last, String name) {
    JobSpec.Builder spec = JobSpec.builder("/bin/true");
    List<String> command = command(spec, first, last);

    assertThat(command).containsSubsequence("bsub", "-J", name, "/bin/bash '/w/job.sh'");
    assertThat(command).hasSameSizeAs(lsf.submitCommand(job(spec), "/w/job.sh"));
  }

  @ParameterizedTest
  @CsvSource({"a b, a_b[1-2]", "x+y@z, x_y_z[1-2]", "grüße, gr__e[1-2]", "A.b-c_1, A.b-c_1[1-2]"})
  void nameIsMadeFitForAnArray(String name, String expected) {
    assertThat(command(JobSpec.builder("/bin/true").name(name), 0, 1)).contains(expected);
    assertThat(lsf.submitCommand(job(JobSpec.builder("/bin/true").name(name)), "/w"))
        .contains(name);
  }

  @Test
  void longNameIsCut() {
    String name = "x".repeat(4000);
    assertThat(command(JobSpec.builder("/bin/true").name(name), 0, 1))
        .contains("x".repeat(200) + "[1-2]");
  }

  @Test
  void arrayHasANameEvenIfTheUserTakesItOut() {
    JobSpec.Builder spec =
        JobSpec.builder("/bin/true")
            .attributes(JobAttributes.builder().customAttribute("lsf.J", null).build());
    assertThat(command(spec, 0, 1)).containsSubsequence("-J", "true[1-2]");
  }

  @Test
  void idTellsTheTask() {
    assertThat(arrays.taskId("123", 4)).isEqualTo("123[5]");
    assertThat(arrays.parse("123[5]")).isEqualTo(new ArrayTask("123", 4));
    assertThat(Stream.of("123", "123[]", "123[0]", "0[1]", "123[1-5]", "123[x]", "a[1]"))
        .allMatch(id -> arrays.parse(id) == null);
  }

  @Test
  void limitIsThatOfTheParameters() {
    assertThat(arrays.limitCommand()).containsExactly("bparams", "-a");
    String parameters = LsfSample.text("parameters.bparams.txt");
    assertThat(arrays.parseLimit(LsfSample.result(0, parameters, "", "bparams"))).isEqualTo(5000);
    assertThat(arrays.usualLimit()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MAX_JOB_ARRAY_SIZE = \n", "MAX_JOB_ARRAY_SIZE = 0\n", "MAX_JOBID = 9\n"})
  void limitThatIsNotToldIsNoLimit(String parameters) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> arrays.parseLimit(LsfSample.result(0, parameters, "", "bparams")));
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(
            () ->
                arrays.parseLimit(LsfSample.result(255, "MAX_JOB_ARRAY_SIZE = 9", "", "bparams")));
  }

  @Test
  void manyTasksAreAskedForByTheirArray() {
    assertThat(lsf.statusCommand(List.of(tasks("7", 21)))).endsWith("-o", BjobsListing.FORMAT, "7");
    assertThat(lsf.statusCommand(List.of(tasks("7", 2)))).endsWith("7[1]", "7[2]");
    assertThat(lsf.accountingCommands(List.of(tasks("7", 21))))
        .containsExactly(List.of("bhist", "-n", "0", "-l", "7"));
  }

  @Test
  void answerForTheArrayCoversItsTasks() {
    String rows = "7|1|RUN|-|-|-|x\n7|2|DONE|-|-|-|x\n7|3|EXIT|3|-|-|x\n7|4|PEND|-|-|-|x\n";
    StatusListing listing = LsfSample.status(0, rows, "", tasks("7", 30));

    assertThat(listing.get("7[1]").state()).isEqualTo(JobState.ACTIVE);
    assertThat(listing.get("7[3]").exitCode()).isEqualTo(3);
    assertThat(listing.lacks("7[5]")).isTrue();
  }

  @Test
  void arrayOfWhichLsfSaysNothingLacksNoTask() {
    String[] ids = Stream.concat(Stream.of("9"), Stream.of(tasks("7", 30))).toArray(String[]::new);
    StatusListing listing = LsfSample.status(0, "9|0|RUN|-|-|-|x\n", "", ids);

    assertThat(listing.lacks("7[5]")).isFalse();
    assertThat(listing.lacks("8")).isTrue();
    StatusListing disowned =
        LsfSample.status(255, "9|0|RUN|-|-|-|x\n", "Job <7> is not found\n", ids);
    assertThat(disowned.lacks("7[5]")).isTrue();
  }
}
