package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.executors.batch.pbs.JobDescription.job;
import static org.psij.executors.batch.pbs.JobDescription.spec;
import static org.psij.executors.batch.pbs.JobDescription.with;
import static org.psij.executors.batch.pbs.JobDescription.withAttributes;
import static org.psij.executors.batch.pbs.JobDescription.withResources;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

final class TorqueSchedulerTest {
  private static final String SLURM = "slurm";
  private static final String TORQUE = "torque";

  private final TorqueScheduler scheduler = new TorqueScheduler();

  private List<String> directives(BatchJob job) {
    return scheduler
        .scriptHead(job)
        .lines()
        .filter(line -> line.startsWith("#PBS "))
        .map(line -> line.substring("#PBS ".length()))
        .toList();
  }

  private String command(BatchJob job) {
    return String.join(" ", scheduler.submitCommand(job, "/w/job.sh"));
  }

  private StatusListing listing(String folder, String sample) {
    return scheduler.parseStatus(Sample.read(folder, sample));
  }

  @Test
  void plainJobHasOnlyWhatEveryJobNeeds() {
    assertThat(directives(job(spec())))
        .containsExactly("-N prog", "-S /bin/bash", "-l walltime=00:10:00");
    assertThat(command(job(spec()))).isEqualTo("qsub -o /dev/null -e /dev/null /w/job.sh");
  }

  @Test
  void resourcesAreNodesAndCores() {
    BatchJob job =
        withResources(
            r ->
                r.nodeCount(2)
                    .processesPerNode(3)
                    .cpuCoresPerProcess(4)
                    .gpuCoresPerProcess(1)
                    .memory(4097L)
                    .exclusiveNodeUse(true));

    assertThat(command(job)).contains(" -l nodes=2:ppn=12:gpus=3 ");
    assertThat(directives(job)).contains("-l mem=5kb", "-n");
  }

  @Test
  void slurmIsToldToDivideTheCoresEvenly() {
    String line = "#SBATCH --ntasks-per-node=8\n";

    assertThat(scheduler.scriptHead(twoNodes(Map.of()))).contains(line);
    assertThat(scheduler.scriptHead(twoNodes(Map.of("pbs.l.nodes", "2:ppn=9"))))
        .doesNotContain("#SBATCH");
    assertThat(scheduler.scriptHead(withResources(r -> r.processCount(8))))
        .doesNotContain("#SBATCH");
  }

  private static BatchJob twoNodes(Map<String, Object> custom) {
    return job(
        spec()
            .resources(
                ResourceSpecV1.builder()
                    .nodeCount(2)
                    .processesPerNode(4)
                    .cpuCoresPerProcess(2)
                    .build())
            .attributes(JobAttributes.builder().customAttributes(custom).build()));
  }

  @Test
  void attributesAreDirectives() {
    BatchJob job = withAttributes(a -> a.queueName("debug").account("it's mine"));

    assertThat(directives(job)).contains("-q debug", "-A 'it'\"'\"'s mine'");
    assertThat(directives(job(spec().inheritEnvironment(true)))).contains("-V");
  }

  @Test
  void reservationIsRefused() {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scheduler.scriptHead(withAttributes(a -> a.reservationId("res1"))))
        .withMessageContaining("res1")
        .satisfies(e -> assertThat(e.getField()).isEqualTo("attributes.reservation_id"));
  }

  @Test
  void customAttributesOfAllNamesCount() {
    assertThat(directives(with("pbs.l.pmem", "1gb"))).contains("-l pmem=1gb");
    assertThat(directives(with("pbs_classic.p", 3))).contains("-p 3");
    assertThat(directives(with("torque.h", true))).contains("-h");
    assertThat(command(with("pbs.l.nodes", "1:ppn=2:fast"))).contains("-l nodes=1:ppn=2:fast");
    assertThat(command(with("pbs.o", "/tmp/out")))
        .contains("-o /tmp/out")
        .doesNotContain("-o /dev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(id)", "a;b", "a b", "`id`", "a|b", "x'y"})
  void nothingThatAShellWouldReadIsOnTheCommandLine(String value) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> command(with("pbs.l.nodes", value)));
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scheduler.submitCommand(job(spec()), "/w/" + value + "/job.sh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "J", "I", "z"})
  void keysThatMakeNoTrackableJobAreRefused(String key) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scheduler.scriptHead(with("pbs_classic." + key, "1-2")))
        .satisfies(
            e ->
                assertThat(e.getField())
                    .isEqualTo("attributes.custom_attributes.pbs_classic." + key));
  }

  @Test
  void nameBeginsWithALetter() {
    assertThat(directives(job(spec().executable("/bin/7z-with-a-very-long-name"))))
        .contains("-N j7z-with-a-very");
    assertThat(directives(job(spec().name("a-name-of-more-than-15-characters"))))
        .contains("-N a-name-of-more-than-15-characters");
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scheduler.scriptHead(job(spec().name("7z"))));
  }

  @ParameterizedTest
  @CsvSource({
    "state-queued, 12, QUEUED, NORMAL",
    "state-held, 7, QUEUED, NORMAL",
    "state-running, 8, ACTIVE, NORMAL",
    "state-suspended, 18, ACTIVE, SUSPENDED"
  })
  void slurmTellsWhatAJobDoes(String sample, String id, JobState state, Condition condition) {
    NativeStatus status = listing(SLURM, sample).get(id);

    assertThat(status.state()).isEqualTo(state);
    assertThat(status.condition()).isEqualTo(condition);
  }

  @ParameterizedTest
  @CsvSource({
    "state-completed, 10",
    "state-failed, 9",
    "state-cancelled, 11",
    "unknown, 99999",
    "several-and-unknown, 99999",
    "several-and-unknown, 10"
  })
  void slurmDoesNotTellHowAJobEnded(String sample, String id) {
    assertThat(listing(SLURM, sample).lacks(id)).isTrue();
  }

  @Test
  void slurmTellsOfSeveralJobs() {
    StatusListing listing = listing(SLURM, "several-and-unknown");

    assertThat(listing.jobs()).containsOnlyKeys("7", "8");
  }

  @Test
  void slurmHasNoLetterForOutOfMemory() {
    CommandResult running = Sample.read(SLURM, "state-running");
    StatusListing listing =
        scheduler.parseStatus(
            Sample.result("qstat -f 8", 0, running.stdout().replace("= R", "= U"), ""));

    assertThat(listing.get("8").cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
  }

  @Test
  void slurmIsDown() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> listing(SLURM, "down-qstat"));
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.checkCancellation(Sample.read(SLURM, "down-qdel")))
        .satisfies(e -> assertThat(e.isTransient()).isTrue());
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.parseSubmission(Sample.read(SLURM, "down-qsub")))
        .satisfies(e -> assertThat(e.isTransient()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"qdel", "qdel-ended", "qdel-unknown"})
  void jobIsGoneAfterSlurmsQdel(String sample) {
    assertThatCode(() -> scheduler.checkCancellation(Sample.read(SLURM, sample)))
        .doesNotThrowAnyException();
  }

  @Test
  void jobOfSomebodyElseStays() {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.checkCancellation(Sample.read(SLURM, "qdel-not-owner")))
        .withMessageContaining("permission denied")
        .satisfies(e -> assertThat(e.isTransient()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "qsub-unknown-queue, invalid partition",
    "qsub-exclusive, Unrecognized command line parameter"
  })
  void refusalOfSlurmIsRepeated(String sample, String words) {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.parseSubmission(Sample.read(SLURM, sample)))
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.isTransient()).isFalse());
  }

  @Test
  void slurmsIdsAreNumbers() {
    assertThat(scheduler.parseSubmission(Sample.read(SLURM, "qsub"))).isEqualTo("14");
    assertThat(scheduler.parseList(Sample.read(SLURM, "table")))
        .containsExactly("7", "8", "12", "13");
  }

  @ParameterizedTest
  @CsvSource({
    "1, QUEUED, NORMAL, , ",
    "2, QUEUED, HELD, , ",
    "3, ACTIVE, NORMAL, , ",
    "4, ACTIVE, ENDING, , ",
    "5, ACTIVE, SUSPENDED, , ",
    "6, QUEUED, NORMAL, , ",
    "7, COMPLETED, NORMAL, , 0",
    "8, FAILED, NORMAL, EXIT_CODE, 3",
    "9, CANCELED, NORMAL, CANCELED_BY_USER, 143",
    "10, FAILED, NORMAL, TIME_LIMIT, ",
    "11, FAILED, NORMAL, SIGNAL, 137"
  })
  void torqueTellsHowAJobEnds(
      String number, JobState state, Condition condition, FailureCause cause, Integer code) {
    NativeStatus status = listing(TORQUE, "states").get(number + ".mgmt.example.org");

    assertThat(status.state()).isEqualTo(state);
    assertThat(status.condition()).isEqualTo(condition);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.exitCode()).isEqualTo(code);
  }

  @Test
  void longValuesOfTorqueAreJoined() {
    StatusListing listing = listing(TORQUE, "states");

    assertThat(listing.get("7.mgmt.example.org").mark())
        .isEqualTo("-o /dev/null -e /dev/null /home/me/.psij/work/pbs_classic/5a9e/job.sh");
    assertThat(listing.get("7.mgmt.example.org").endTime()).hasToString("2026-11-02T07:12:45Z");
    assertThat(listing.lacks("99.mgmt.example.org")).isTrue();
    assertThat(listing.jobs()).hasSize(11);
  }

  @Test
  void halfAListingClaimsNothing() {
    for (CommandResult whole :
        List.of(Sample.read(TORQUE, "states"), Sample.read(SLURM, "several-and-unknown"))) {
      String command = String.join(" ", whole.command());
      StatusListing all = scheduler.parseStatus(whole);
      for (int end = 0; end < whole.stdout().length() - 1; end++) {
        CommandResult half = Sample.result(command, 0, whole.stdout().substring(0, end), "");
        try {
          StatusListing part = scheduler.parseStatus(half);
          part.jobs().forEach((id, job) -> assertThat(job).hasToString(all.get(id).toString()));
        } catch (CommandException e) {
          assertThat(half.stdout()).doesNotContain("job_state");
        }
      }
    }
  }

  @Test
  void torqueWithoutAConnectionSaysNothing() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(
            () ->
                scheduler.parseStatus(
                    Sample.result(
                        "qstat -f 1.s",
                        111,
                        "",
                        "qstat: cannot connect to server s (errno=111) Connection refused")));
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> scheduler.parseStatus(Sample.result("qstat -f 1.s", 0, "", "")));
    assertThat(
            scheduler
                .parseStatus(
                    Sample.result("qstat -f 1.s", 153, "", "qstat: Unknown Job Id Error 1.s"))
                .lacks("1.s"))
        .isTrue();
  }

  @Test
  void jobThatIsEndingNeedsNoQdel() {
    CommandResult ended =
        Sample.result(
            "qdel 1.s",
            168,
            "",
            "qdel: Request invalid for state of job MSG=invalid state for job - COMPLETE 1.s");

    assertThatCode(() -> scheduler.checkCancellation(ended)).doesNotThrowAnyException();
  }

  @Test
  void idsThatMayBeCutOffAreListedAsNumbers() {
    assertThat(scheduler.parseList(Sample.read(TORQUE, "table")))
        .containsExactly("123456", "123.short", "125[].short");
    assertThat(scheduler.listCommand("me")).containsExactly("qstat", "-u", "me");
  }

  @Test
  void variablesOfASurroundingJobAreHidden() {
    assertThat(List.of("PBS_JOBID", "SLURM_JOB_ID", "SBATCH_EXPORT", "SBATCH_IGNORE_PBS"))
        .allMatch(scheduler::isHiddenFromCommands);
    assertThat(List.of("SLURM_CONF", "PBS_DEFAULT", "PATH"))
        .noneMatch(scheduler::isHiddenFromCommands);
  }
}
