package org.psij.executors.batch.pbs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.ManyJobs;
import org.psij.executors.batch.QueueDialect;

/** By what Slurm's qstat has printed, and what Torque's would by its manual. */
final class TorqueQueueTest {
  private static final String SLURM = "slurm";
  private static final String TORQUE = "torque";
  private static final int MANY = 5_000;

  private final QueueDialect queue = new TorqueScheduler().queue();
  private final List<String> command = queue.commands().get(0);

  static Set<String> slurmSamples() {
    return QueueSample.expected(SLURM).keySet();
  }

  static Set<String> torqueSamples() {
    return QueueSample.expected(TORQUE).keySet();
  }

  private List<String> rows(String text) {
    return QueueSample.rows(queue, command, text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("slurmSamples")
  void everySampleOfSlurmIsShownAsWrittenDown(String sample) {
    assertThat(QueueSample.rows(queue, SLURM, sample))
        .isEqualTo(QueueSample.expected(SLURM).get(sample));
  }

  @ParameterizedTest
  @MethodSource("torqueSamples")
  void everySampleOfTorqueIsShownAsWrittenDown(String sample) {
    assertThat(QueueSample.rows(queue, TORQUE, sample))
        .isEqualTo(QueueSample.expected(TORQUE).get(sample));
  }

  @Test
  void noSampleIsLeftOut() {
    assertThat(slurmSamples()).containsExactlyElementsOf(listings(SLURM));
    assertThat(torqueSamples()).containsExactlyElementsOf(listings(TORQUE));
  }

  private static List<String> listings(String folder) {
    return Sample.names(folder).stream()
        .filter(name -> Sample.read(folder, name).command().contains("-f"))
        .toList();
  }

  @Test
  void manyJobsAreReadOneByOne() {
    String head = "Job Id:\t";
    String job = new String(Sample.stdout(SLURM, "state-running"), UTF_8).replace(head + "8", "");
    ManyJobs output = new ManyJobs("", MANY, number -> head + number + job, "");

    output.assertTaken(queue.jobs(command, output), String::valueOf);
  }

  @ParameterizedTest
  @CsvSource({"slurm, several-and-unknown", "torque, states"})
  void halfOutputShowsOnlyJobsThatAreWhole(String folder, String sample) {
    byte[] output = Sample.stdout(folder, sample);
    List<String> whole = QueueSample.rows(queue, command, output);
    for (int end = 0; end < output.length; end += 37) {
      List<String> part = QueueSample.rows(queue, command, Arrays.copyOf(output, end));
      assertThat(part).isEqualTo(whole.subList(0, part.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\n\n",
        "Job Id:\n    job_state = R\n\n",
        "Job Id: 1 2\n    job_state = R\n\n",
        "Job Id: ../1\n    job_state = R\n\n",
        "Job Id: 1.s\n    Job_Name = x\n\n",
        "\0\1\n\u00e9 = \n\n"
      })
  void rowThatCannotBeReadSpoilsNoOther(String row) {
    assertThat(rows(row + "Job Id: 2.s\n    job_state = R\n\n"))
        .containsExactly("2.s | - | - | - | R | ACTIVE | - | - | - | - | - | - | - | -");
  }

  @Test
  void everythingThatTorqueTellsOfARunningJobIsShown() {
    assertThat(
            rows(
                """
                Job Id: 1[7].mgmt
                    Job_Name = a b
                    Job_Owner = me@login.example.org
                    job_state = R
                    queue = batch
                    ctime = Mon Nov  2 07:12:38 2026
                    exec_host = n2/0-3,8+n1/0+n1/1+
                	n3/5
                    Resource_List.nodes = 3
                    start_time = Mon Nov  2 07:12:40 2026
                    comment = Job started

                """))
        .containsExactly(
            "1[7].mgmt | a b | me | batch | R | ACTIVE | - | n2,n1,n3 | 3 | 5"
                + " | 2026-11-02T07:12:38Z | 2026-11-02T07:12:40Z | - | Job started");
  }

  @Test
  void nodesOfSlurmHaveTheirNumberOfCpus() {
    assertThat(rows("Job Id:\t7\n\tjob_state = R\n\texec_host = n1/16+n2/4\n\n"))
        .containsExactly("7 | - | - | - | R | ACTIVE | - | n1,n2 | 2 | 16 | - | - | - | -");
  }

  @Test
  void jobOfSlurmThatWaitsHasNotYetStartedWhenItWill() {
    String job = "Job Id:\t7\n\tjob_state = %s\n\tmtime = Sun Nov 22 08:13:07 2026\n\n";

    assertThat(rows(job.formatted("Q")))
        .containsExactly("7 | - | - | - | Q | QUEUED | - | - | - | - | - | - | - | -");
    assertThat(rows(job.formatted("C")).get(0)).contains(" | C | - | - | - |");
  }

  @Test
  void stateThatNobodyHasHeardOfIsShownAsItIs() {
    assertThat(rows("Job Id: 1.s\n    job_state = K\n\nJob Id:\t2\n\tjob_state = Z\n\n"))
        .containsExactly(
            "1.s | - | - | - | K | - | - | - | - | - | - | - | - | -",
            "2 | - | - | - | Z | - | - | - | - | - | - | - | - | -");
  }

  @Test
  void noJobAtAllIsNoFailure() {
    assertThatCode(() -> queue.check(Sample.read(SLURM, "unknown"))).doesNotThrowAnyException();
    assertThatCode(() -> queue.check(Sample.result("qstat -f", 0, "", "")))
        .doesNotThrowAnyException();
  }

  @Test
  void serverThatIsDownIsAFailure() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> queue.check(Sample.read(SLURM, "down-qstat")))
        .withMessageContaining("Problem loading jobs");
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(
            () ->
                queue.check(
                    Sample.result("qstat -f", 0, "", "qstat: cannot connect to server mgmt")));
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> queue.check(Sample.result("qstat -f", 137, "", "")));
  }
}
