package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.executors.batch.pbs.JobDescription.job;
import static org.psij.executors.batch.pbs.JobDescription.spec;
import static org.psij.executors.batch.pbs.JobDescription.with;
import static org.psij.executors.batch.pbs.JobDescription.withAttributes;
import static org.psij.executors.batch.pbs.JobDescription.withResources;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchJob;

final class PbsSchedulerTest {
  private final PbsScheduler scheduler = new PbsScheduler();

  private List<String> directives(BatchJob job) {
    return scheduler
        .scriptHead(job)
        .lines()
        .filter(line -> line.startsWith("#PBS "))
        .map(line -> line.substring("#PBS ".length()))
        .toList();
  }

  private void assertRefused(BatchJob job, String field, String problem) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scheduler.scriptHead(job))
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.getField()).isEqualTo(field));
  }

  @Test
  void plainJobHasOnlyWhatEveryJobNeeds() {
    assertThat(directives(job(spec())))
        .containsExactly(
            "-N prog", "-S /bin/bash", "-o /dev/null", "-e /dev/null", "-l walltime=00:10:00");
    assertThat(scheduler.scriptHead(job(spec()))).startsWith("#!/bin/bash\n#PBS ").endsWith("\n");
  }

  @Test
  void everythingIsAskedFor() {
    BatchJob job =
        job(
            spec()
                .name("a_name")
                .inheritEnvironment(true)
                .resources(
                    ResourceSpecV1.builder()
                        .nodeCount(2)
                        .processesPerNode(3)
                        .cpuCoresPerProcess(4)
                        .gpuCoresPerProcess(1)
                        .memory(4097L)
                        .exclusiveNodeUse(true)
                        .build())
                .attributes(
                    JobAttributes.builder()
                        .queueName("debug")
                        .account("my account")
                        .duration(Duration.ofMillis(90_000_001))
                        .build()));

    assertThat(directives(job))
        .containsExactly(
            "-N a_name",
            "-S /bin/bash",
            "-o /dev/null",
            "-e /dev/null",
            "-A 'my account'",
            "-l walltime=25:00:01",
            "-V",
            "-q debug",
            "-l select=2:ncpus=12:mpiprocs=3:ngpus=3:mem=3kb",
            "-l place=scatter:exclhost");
  }

  @Test
  void oneNodeIsOneChunk() {
    assertThat(directives(withResources(r -> r.processCount(4))))
        .contains("-l select=1:ncpus=4:mpiprocs=4")
        .noneMatch(line -> line.contains("place"));
    assertThat(directives(withResources(r -> r.exclusiveNodeUse(true))))
        .contains("-l place=exclhost");
    assertThat(directives(withResources(r -> r.gpuCoresPerProcess(0))))
        .contains("-l select=1:ncpus=1:mpiprocs=1");
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    assertThat(
            directives(
                withResources(
                    r ->
                        r.processesPerNode(Integer.MAX_VALUE)
                            .cpuCoresPerProcess(Integer.MAX_VALUE)
                            .memory(Long.MAX_VALUE))))
        .contains(
            "-l select=1:ncpus=4611686014132420609:mpiprocs=2147483647:mem=9007199254740992kb");
  }

  @Test
  void reservationIsAQueue() {
    assertThat(directives(withAttributes(a -> a.reservationId("R926.vm")))).contains("-q R926");
    assertThat(directives(withAttributes(a -> a.reservationId("R926.vm").queueName("R926"))))
        .contains("-q R926");
    assertRefused(
        withAttributes(a -> a.reservationId("R926.vm").queueName("workq")),
        "attributes.reservation_id",
        "'workq'");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT0S", "P100000D, PT2400000H"})
  void durationMustFit(Duration duration, String shown) {
    assertRefused(withAttributes(a -> a.duration(duration)), "attributes.duration", shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a\"b", "a\\b", "a:b", "grüße", "a\nb", "-l@x", "$(id)"})
  void nameThatQsubRefusesIsRefused(String name) {
    assertRefused(job(spec().name(name)), "name", name);
  }

  @Test
  void nameMayHave230Characters() {
    assertThat(directives(job(spec().name("x".repeat(230))))).contains("-N " + "x".repeat(230));
    assertRefused(job(spec().name("x".repeat(231))), "name", "xxx");
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/my prog.sh, my_prog_sh",
    "/opt/.hidden, _hidden",
    "'/x/$(id)', __id_",
    "/x/日本, __",
    "/x/7z, 7z"
  })
  void nameOfTheProgramIsMadeFit(String executable, String name) {
    assertThat(directives(job(spec().executable(executable)))).contains("-N " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\\b", "a\u0007", "a\r"})
  void valueThatNoDirectiveCarriesIsRefused(String value) {
    assertRefused(withAttributes(a -> a.account(value)), "attributes.account", "backslashes");
    assertRefused(withAttributes(a -> a.queueName(value)), "attributes.queue_name", "backslashes");
    assertRefused(
        withAttributes(a -> a.reservationId(value)), "attributes.reservation_id", "backslashes");
    assertRefused(with("pbs.P", value), "attributes.custom_attributes.pbs.P", "backslashes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a b | 'a b'
          $(id) | '$(id)'
          it's | 'it'"'"'s'
          "q" | '"q"'
          a#b | 'a#b'
          {{x}} | '{{x}}'
          50% | 50%
          -x | -x
          a;b | 'a;b'
          """)
  void hostileValuesArriveLiterally(String value, String written) {
    assertThat(directives(withAttributes(a -> a.account(value)))).contains("-A " + written);
    assertThat(directives(with("pbs.P", value))).contains("-P " + written);
  }

  @Test
  void customAttributesHaveTheLastWord() {
    assertThat(directives(with("pbs.l.walltime", "1:00"))).contains("-l walltime=1:00");
    assertThat(directives(with("pbs.l.walltime", null)))
        .noneMatch(line -> line.contains("walltime"));
    assertThat(directives(with("PBS.l.ssd", true))).contains("-l ssd=true");
    assertThat(directives(with("pbs.h", true))).contains("-h");
    assertThat(directives(with("pbs.p", 5))).contains("-p 5");
    assertThat(directives(with("pbs.l", List.of("a=1", "b=2")))).contains("-l a=1", "-l b=2");
    assertThat(directives(with("pbs.W", List.of("umask=7", "group_list=x"))))
        .contains("-W umask=7", "-W group_list=x");
    assertThat(directives(with("slurm.p", "x"))).doesNotContain("-p x");
    assertThat(directives(with("pbs_classic.p", "x"))).doesNotContain("-p x");
    assertThat(directives(with("pbs.o", "/x"))).contains("-o /x").doesNotContain("-o /dev/null");
    assertThat(directives(with("pbs.V", false))).doesNotContain("-V");
  }

  @ParameterizedTest
  @ValueSource(strings = {"J", "I", "X", "z", "C", "f", "array", "lx", "L.x"})
  void keysThatMakeNoTrackableJobAreRefused(String key) {
    assertRefused(with("pbs." + key, "1-2"), "attributes.custom_attributes.pbs." + key, "qsub");
  }

  @Test
  void waitingQsubIsRefused() {
    assertRefused(
        with("pbs.W", "umask=7,block=true"), "attributes.custom_attributes.pbs.W", "waits");
  }

  @Test
  void overlongValueIsRefused() {
    assertRefused(
        with("pbs.l", "x".repeat(4000)), "attributes.custom_attributes.pbs.l", "characters");
  }

  @Test
  void commandsAskForTheIds() {
    assertThat(scheduler.submitCommand(job(spec()), "/a b/job.sh"))
        .containsExactly("qsub", "/a b/job.sh");
    assertThat(scheduler.statusCommand(List.of("0.vm", "25[].vm", "abc", "-x")))
        .containsExactly("qstat", "-t", "-E", "-f", "-F", "json", "0.vm", "25[].vm");
    assertThat(scheduler.accountingCommands(List.of("7", "8[1].vm")))
        .containsExactly(List.of("qstat", "-x", "-E", "-f", "-F", "json", "7", "8[1].vm"));
    assertThat(scheduler.cancelCommand("0.vm")).containsExactly("qdel", "0.vm");
  }

  @Test
  void variablesOfASurroundingJobAreHidden() {
    assertThat(List.of("PBS_JOBID", "PBS_NODEFILE", "PBS_O_WORKDIR", "PBS_O_HOST", "PBS_DPREFIX"))
        .allMatch(scheduler::isHiddenFromCommands);
    assertThat(
            List.of(
                "PBS_CONF_FILE", "PBS_SERVER", "PBS_BATCH_SERVICE_PORT", "PATH", "HOME", "PBSX"))
        .noneMatch(scheduler::isHiddenFromCommands);
  }

  @Test
  void qsubThatTellsNoIdMayHaveTakenTheJob() {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scheduler.parseSubmission(Sample.result("qsub x", 0, "hello\n", "")))
        .satisfies(e -> assertThat(e.isOutcomeUnknown()).isTrue());
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(
            () -> scheduler.parseSubmission(Sample.result("qsub x", 1, "", "qsub: End of File")))
        .satisfies(e -> assertThat(e.isOutcomeUnknown()).isTrue());
    assertThat(scheduler.parseSubmission(Sample.result("qsub x", 0, "Welcome to 5\n\n0.vm\n", "")))
        .isEqualTo("0.vm");
  }
}
