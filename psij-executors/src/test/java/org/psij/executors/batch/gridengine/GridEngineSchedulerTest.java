package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchJob;
import org.psij.spi.ExecutorDescriptor;

final class GridEngineSchedulerTest {
  private static final GridEngineScheduler SCHEDULER = new GridEngineScheduler();
  private static final JobSpec SPEC = JobSpec.builder("/bin/date").build();

  private static List<String> command(JobSpec spec, ResourceSpecV1.Builder resources) {
    return SCHEDULER.submitCommand(new BatchJob("id", spec, resources.build()), "/w/job.sh");
  }

  private static List<String> command(JobAttributes.Builder attributes) {
    return command(
        SPEC.toBuilder().attributes(attributes.build()).build(), ResourceSpecV1.builder());
  }

  private static JobAttributes.Builder custom(String key, Object value) {
    return JobAttributes.builder().customAttribute(key, value);
  }

  private static void assertRefused(String field, Runnable submission) {
    assertThatThrownBy(submission::run)
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.getField()).isEqualTo(field));
  }

  @Test
  void plainJobAsksForNothingButItsTime() {
    assertThat(command(JobAttributes.builder()))
        .containsExactly(
            "qsub",
            "-terse",
            "-C",
            "",
            "-b",
            "n",
            "-S",
            "/bin/bash",
            "-N",
            "date",
            "-o",
            "/dev/null",
            "-e",
            "/dev/null",
            "-V",
            "-l",
            "h_rt=600",
            "/w/job.sh");
  }

  @Test
  void attributesBecomeOptions() {
    JobAttributes.Builder attributes =
        JobAttributes.builder()
            .queueName("all.q@vm,short.q")
            .account("physics")
            .reservationId("77")
            .duration(Duration.ofMillis(1001));
    assertThat(String.join(" ", command(attributes)))
        .contains(" -q all.q@vm,short.q -P physics -ar 77 -l h_rt=2 /w/job.sh");
  }

  @Test
  void nothingIsExportedIfTheEnvironmentIsNotInherited() {
    assertThat(
            command(SPEC.toBuilder().inheritEnvironment(false).build(), ResourceSpecV1.builder()))
        .doesNotContain("-V");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, -pe smp 4",
    "1, 4, -pe smp 4",
    "3, 2, -pe smp 6",
  })
  void slotsAreProcessesTimesCores(int processes, int cores, String expected) {
    assertThat(
            String.join(
                " ",
                command(
                    SPEC,
                    ResourceSpecV1.builder().processCount(processes).cpuCoresPerProcess(cores))))
        .contains(expected);
  }

  @Test
  void severalNodesNeedAParallelEnvironment() {
    ResourceSpecV1.Builder twoNodes = ResourceSpecV1.builder().nodeCount(2).processesPerNode(2);
    assertRefused("resources.node_count", () -> command(SPEC, twoNodes));
    JobSpec spec = SPEC.toBuilder().attributes(custom("sge.pe", "mpi").build()).build();
    assertThat(String.join(" ", command(spec, twoNodes))).contains("-pe mpi 4");
  }

  @ParameterizedTest
  @CsvSource({"mpi, mpi 4", "mpi 8, mpi 8", "mpi 4-8, mpi 4-8", "mpi* 4-, mpi* 4-"})
  void parallelEnvironmentMayTellItsSlots(String value, String expected) {
    JobSpec spec = SPEC.toBuilder().attributes(custom("gridengine.pe", value).build()).build();
    assertThat(String.join(" ", command(spec, ResourceSpecV1.builder().processCount(4))))
        .contains("-pe " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpi 3", "mpi 2-4", "mpi -8", "mpi x", "mpi 4 -t", "", "mpi 4 4"})
  void parallelEnvironmentMustHoldTheProcesses(String value) {
    JobSpec spec = SPEC.toBuilder().attributes(custom("gridengine.pe", value).build()).build();
    assertRefused(
        "attributes.custom_attributes.gridengine.pe",
        () -> command(spec, ResourceSpecV1.builder().processCount(4)));
  }

  @Test
  void parallelEnvironmentCanBeTakenOut() {
    JobSpec spec = SPEC.toBuilder().attributes(custom("gridengine.pe", null).build()).build();
    assertThat(command(spec, ResourceSpecV1.builder().processCount(4))).doesNotContain("-pe");
  }

  @Test
  void memoryAndGpusAreSharedByTheSlotsAndRoundedUp() {
    ResourceSpecV1.Builder resources =
        ResourceSpecV1.builder()
            .processCount(3)
            .cpuCoresPerProcess(2)
            .gpuCoresPerProcess(3)
            .memory(1001L)
            .exclusiveNodeUse(true);
    assertThat(String.join(" ", command(SPEC, resources)))
        .contains("-l mem_free=167 ", "-l gpu=2 ", "-l exclusive=true ");
  }

  @Test
  void tooManySlotsAreRefused() {
    assertRefused(
        "resources",
        () ->
            command(
                SPEC, ResourceSpecV1.builder().processCount(100_000).cpuCoresPerProcess(100_000)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 31, Long.MAX_VALUE})
  void walltimeMustBeOneThatGridEngineCanCount(long seconds) {
    assertRefused(
        "attributes.duration",
        () -> command(JobAttributes.builder().duration(Duration.ofSeconds(seconds))));
  }

  @Test
  void customAttributesHaveTheLastWord() {
    JobAttributes.Builder attributes =
        custom("gridengine.l.h_rt", null)
            .customAttribute("gridengine.l.h_vmem", "2G")
            .customAttribute("SGE.l.ssd", true)
            .customAttribute("gridengine.l", List.of("arch=lx*,num_proc=2", "h=vm"))
            .customAttribute("gridengine.A", "my account")
            .customAttribute("gridengine.p", -5L)
            .customAttribute("gridengine.cwd", true)
            .customAttribute("gridengine.V", false)
            .customAttribute("gridengine.binding", "env linear:2")
            .customAttribute("slurm.constraint", "x");
    assertThat(command(attributes).subList(8, command(attributes).size()))
        .containsExactly(
            "-N",
            "date",
            "-o",
            "/dev/null",
            "-e",
            "/dev/null",
            "-l",
            "h_vmem=2G",
            "-l",
            "ssd=true",
            "-l",
            "arch=lx*,num_proc=2",
            "-l",
            "h=vm",
            "-A",
            "my account",
            "-p",
            "-5",
            "-cwd",
            "-binding",
            "env",
            "linear:2",
            "/w/job.sh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t", "tc", "sync", "now", "verify", "terse", "b", "C", "S", "help", "clear", "shell",
        "hard", "soft"
      })
  void whatBreaksTheTrackingIsRefused(String option) {
    String field = "attributes.custom_attributes.sge." + option;
    assertRefused(field, () -> command(custom("sge." + option, "y")));
    assertRefused(field, () -> command(custom("sge." + option, true)));
  }

  @Test
  void scriptIsNotTakenForTheValueOfAnOption() {
    assertRefused("attributes.custom_attributes.sge.ac", () -> command(custom("sge.ac", true)));
  }

  @Test
  void valueOfAFlagIsNotTakenForTheScript() {
    assertRefused(
        "attributes.custom_attributes.sge.h", () -> command(custom("sge.h", "/tmp/other.sh")));
    assertThat(String.join(" ", command(custom("sge.h", true)))).contains(" -h /w/job.sh");
    assertThat(String.join(" ", command(custom("sge.R", true)))).contains(" -R y ");
  }

  @Test
  void checkThatSubmitsNothingIsRefused() {
    String field = "attributes.custom_attributes.gridengine.w";
    assertRefused(field, () -> command(custom("gridengine.w", "p")));
    assertRefused(field, () -> command(custom("gridengine.w", "v")));
    assertThat(String.join(" ", command(custom("gridengine.w", "e")))).contains(" -w e ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "\"",
        "$(touch /tmp/x)",
        "`id`",
        "#$ -t 1-5",
        "%j",
        "\\",
        "{{x}}",
        "-t 1-5",
        "a b",
        ";"
      })
  void hostileValuesAreOneArgument(String value) {
    JobAttributes.Builder attributes =
        JobAttributes.builder()
            .queueName(value)
            .account(value)
            .reservationId(value)
            .customAttribute("gridengine.A", value)
            .customAttribute("gridengine.l.x", value);
    assertThat(command(attributes))
        .containsSubsequence(
            "-q", value, "-P", value, "-ar", value, "-A", value, "-l", "x=" + value, "/w/job.sh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0001", "é", "a\tb"})
  void whatGridEngineCannotCarryIsRefused(String value) {
    assertRefused("attributes.queue_name", () -> command(JobAttributes.builder().queueName(value)));
    assertRefused("attributes.account", () -> command(JobAttributes.builder().account(value)));
    assertRefused(
        "attributes.reservation_id", () -> command(JobAttributes.builder().reservationId(value)));
    assertRefused(
        "attributes.custom_attributes.gridengine.A", () -> command(custom("gridengine.A", value)));
  }

  @Test
  void resourceCannotSmuggleAnother() {
    assertRefused(
        "attributes.custom_attributes.gridengine.l.x",
        () -> command(custom("gridengine.l.x", "1,h_rt=9")));
  }

  @Test
  void jobWithWorkAfterACancelIsNotified() {
    StageOut always = new StageOut(Path.of("a"), Path.of("/tmp/b").toUri());
    StageOut onSuccess =
        new StageOut(
            Path.of("a"),
            Path.of("/tmp/b").toUri(),
            StagingMode.COPY,
            Set.of(StageOutFlags.ON_SUCCESS));
    ResourceSpecV1.Builder one = ResourceSpecV1.builder();
    assertThat(command(SPEC.toBuilder().stageOut(always).build(), one)).contains("-notify");
    assertThat(command(SPEC.toBuilder().stageOut(onSuccess).build(), one))
        .doesNotContain("-notify");
    assertThat(command(SPEC.toBuilder().cleanup(Path.of("a")).build(), one)).contains("-notify");
    assertThat(command(SPEC.toBuilder().cleanup(Path.of("a")).cleanupFlags(List.of()).build(), one))
        .doesNotContain("-notify");
  }

  @Test
  void oneCommandListsAllStates() {
    assertThat(SCHEDULER.statusCommand(List.of("1", "2")))
        .containsExactly("qstat", "-u", "*", "-s", "prs", "-xml");
    assertThat(SCHEDULER.listCommand("me"))
        .containsExactly("qstat", "-u", "me", "-s", "prs", "-xml");
  }

  @Test
  void accountingIsAskedJobByJob() {
    assertThat(SCHEDULER.accountingCommands(List.of("7", "8.3", "*")))
        .containsExactly(List.of("qacct", "-j", "7"), List.of("qacct", "-j", "8", "-t", "3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "sleep", "-u", "", "7.", "7 8", "7.1-5:1"})
  void onlyAJobWithAnIdIsDeleted(String id) {
    assertThat(SCHEDULER.cancelCommand("7.3")).containsExactly("qdel", "7.3");
    assertThatThrownBy(() -> SCHEDULER.cancelCommand(id)).isInstanceOf(SubmitException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "JOB_ID, true",
    "SGE_TASK_ID, true",
    "PE_HOSTFILE, true",
    "NSLOTS, true",
    "SGE_LONG_JOB_NAMES, true",
    "SGE_O_HOME, true",
    "SGE_ROOT, false",
    "SGE_CELL, false",
    "SGE_QMASTER_PORT, false",
    "SGE_EXECD_PORT, false",
    "SGE_CLUSTER_NAME, false",
    "PATH, false",
    "MY_JOB_ID, false",
  })
  void surroundingJobIsHidden(String variable, boolean hidden) {
    assertThat(SCHEDULER.isHiddenFromCommands(variable)).isEqualTo(hidden);
  }

  @Test
  void executorIsAnnounced() {
    assertThat(ServiceLoader.load(ExecutorDescriptor.class))
        .filteredOn(descriptor -> descriptor instanceof GridEngineExecutorDescriptor)
        .singleElement()
        .satisfies(
            descriptor -> {
              assertThat(descriptor.getName()).isEqualTo("gridengine");
              assertThat(descriptor.getAliases()).containsExactly("sge");
            });
    assertThat(new GridEngineExecutorDescriptor().getScheduler().attributePrefixes())
        .containsExactlyInAnyOrder("gridengine", "sge");
  }
}
