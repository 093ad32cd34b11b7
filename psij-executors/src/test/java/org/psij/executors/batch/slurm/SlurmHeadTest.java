package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

class SlurmHeadTest {
  private static final ResourceSpecV1 NOTHING = ResourceSpecV1.builder().build();

  private static List<String> directives(JobSpec spec, ResourceSpecV1 resources) {
    return new SlurmScheduler()
        .scriptHead(new BatchJob("id", spec, resources))
        .lines()
        .filter(line -> line.startsWith("#SBATCH "))
        .map(line -> line.substring("#SBATCH ".length()))
        .toList();
  }

  private static List<String> of(UnaryOperator<ResourceSpecV1.Builder> resources) {
    List<String> all =
        directives(
            JobSpec.builder("/bin/echo").build(),
            resources.apply(ResourceSpecV1.builder()).build());
    return all.subList(5, all.size());
  }

  private static List<String> with(UnaryOperator<JobAttributes.Builder> attributes) {
    return directives(
        JobSpec.builder("/bin/echo")
            .attributes(attributes.apply(JobAttributes.builder()).build())
            .build(),
        NOTHING);
  }

  private static List<String> custom(String key, @Nullable Object value) {
    return with(attributes -> attributes.customAttribute(key, value));
  }

  @Test
  void nothingIsAskedForThatTheUserDidNot() {
    assertThat(directives(JobSpec.builder("/bin/echo").build(), NOTHING))
        .containsExactly(
            "--job-name=echo",
            "--output=/dev/null",
            "--error=/dev/null",
            "--export=ALL",
            "--time=0-00:10:00");
  }

  @Test
  void attributesHaveTheirOptions() {
    assertThat(
            with(
                attributes ->
                    attributes
                        .queueName("debug")
                        .account("abc")
                        .reservationId("r1")
                        .duration(Duration.ofHours(49).plusSeconds(1))))
        .contains("--partition=debug", "--account=abc", "--reservation=r1", "--time=2-01:01:00");
  }

  @Test
  void anEnvironmentThatIsNotInheritedIsNotExported() {
    assertThat(directives(JobSpec.builder("/bin/echo").inheritEnvironment(false).build(), NOTHING))
        .contains("--export=NIL");
  }

  @Test
  void environmentValuesStayOutOfTheDirectives() {
    JobSpec spec = JobSpec.builder("/bin/echo").environment(Map.of("A", "s3cret")).build();
    assertThat(new SlurmScheduler().scriptHead(new BatchJob("id", spec, NOTHING)))
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.000000001S, 0-00:01:00",
    "PT1M, 0-00:01:00",
    "PT61S, 0-00:02:00",
    "PT24H, 1-00:00:00",
    "P24000D, 24000-00:00:00"
  })
  void timesAreRoundedUpToMinutes(Duration duration, String time) {
    assertThat(with(attributes -> attributes.duration(duration))).contains("--time=" + time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P24000DT1S"})
  void timesThatSlurmWouldTakeForOthersAreRefused(Duration duration) {
    assertThatThrownBy(() -> with(attributes -> attributes.duration(duration)))
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> assertThat(e.getField()).isEqualTo("attributes.duration"));
  }

  @Test
  void processesAreSpreadAsAskedFor() {
    assertThat(of(r -> r)).isEmpty();
    assertThat(of(r -> r.nodeCount(3)))
        .containsExactly("--nodes=3", "--ntasks=3", "--ntasks-per-node=1");
    assertThat(of(r -> r.processCount(3))).containsExactly("--ntasks=3");
    assertThat(of(r -> r.processesPerNode(3)))
        .containsExactly("--nodes=1", "--ntasks=3", "--ntasks-per-node=3");
    assertThat(of(r -> r.nodeCount(2).processCount(6)))
        .containsExactly("--nodes=2", "--ntasks=6", "--ntasks-per-node=3");
    assertThat(of(r -> r.processCount(6).processesPerNode(2)))
        .containsExactly("--nodes=3", "--ntasks=6", "--ntasks-per-node=2");
  }

  @Test
  void coresAndGpusAreCountedByProcess() {
    assertThat(of(r -> r.cpuCoresPerProcess(4))).containsExactly("--cpus-per-task=4");
    assertThat(of(r -> r.gpuCoresPerProcess(1))).containsExactly("--ntasks=1", "--gpus-per-task=1");
    assertThat(of(r -> r.gpuCoresPerProcess(0))).isEmpty();
    assertThat(of(r -> r.exclusiveNodeUse(true))).containsExactly("--exclusive");
  }

  @Test
  void memoryIsRoundedUp() {
    assertThat(of(r -> r.memory(1L))).containsExactly("--mem=1M");
    assertThat(of(r -> r.memory((1L << 20) + 1))).containsExactly("--mem=2M");
    assertThat(of(r -> r.nodeCount(2).memory(3L << 20))).contains("--mem=2M");
    assertThat(of(r -> r.processCount(4).cpuCoresPerProcess(2).memory(9L << 20)))
        .contains("--mem-per-cpu=2M");
    assertThat(of(r -> r.processCount(1).memory(5L << 30))).contains("--mem=5120M");
  }

  @Test
  void moreMemoryThanSlurmCountsIsRefused() {
    assertThatThrownBy(() -> of(r -> r.memory(Long.MAX_VALUE)))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.getField()).isEqualTo("resources.memory"));
  }

  @Test
  void customAttributesHaveTheLastWord() {
    assertThat(custom("slurm.constraint", "haswell&ssd")).contains("--constraint=haswell&ssd");
    assertThat(custom("SLURM.C", "a b")).contains("--constraint=\"a b\"");
    assertThat(custom("slurm.t", "5")).contains("--time=5").noneMatch(d -> d.contains("00:10"));
    assertThat(custom("slurm.time", null)).noneMatch(d -> d.startsWith("--time"));
    assertThat(custom("slurm.exclusive", true)).contains("--exclusive");
    assertThat(custom("slurm.exclusive", false)).doesNotContain("--exclusive");
    assertThat(custom("slurm.mail_type", List.of("BEGIN", "END")))
        .contains("--mail-type=BEGIN", "--mail-type=END");
    assertThat(custom("pbs.x", "y")).noneMatch(d -> d.contains("x=y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array",
        "a",
        "arr",
        "wrap",
        "wra",
        "parsable",
        "W",
        "wait",
        "test-only",
        "test_only",
        "test",
        "h",
        "help",
        "usage",
        "u",
        "V",
        "version",
        "Q",
        "quiet",
        "M",
        "clusters",
        "cluster",
        "Z"
      })
  void whatCannotBeFollowedIsRefused(String key) {
    assertThatThrownBy(() -> custom("slurm." + key, "1"))
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> assertThat(e.getField()).isEqualTo("attributes.custom_attributes.slurm." + key));
  }

  @Test
  void optionsThatBeginLikeForbiddenOnesAreNot() {
    assertThat(custom("slurm.wait-all-nodes", "1")).contains("--wait-all-nodes=1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "plain-1.2, plain-1.2",
        "a b, \"a b\"",
        "it's, \"it's\"",
        "q\"q, \"q\\\"q\"",
        "b\\s, \"b\\\\s\"",
        "$(x)`y`, \"$(x)`y`\"",
        "#c, \"#c\"",
        "{{x}}%j, \"{{x}}%j\"",
        "ä, \"ä\"",
        "hetjob, hetjob"
      })
  void valuesAreQuotedAsSbatchReadsThem(String value, String written) {
    assertThat(directives(JobSpec.builder("/bin/echo").name(value).build(), NOTHING))
        .contains("--job-name=" + written);
  }

  @ParameterizedTest
  @CsvSource({
    "name",
    "attributes.queue_name",
    "attributes.account",
    "attributes.reservation_id",
    "attributes.custom_attributes.slurm.comment"
  })
  void aValueOfSeveralLinesIsRefused(String field) {
    String value = "a\n#SBATCH --array=1-9";
    JobAttributes.Builder attributes = JobAttributes.builder();
    JobSpec.Builder spec = JobSpec.builder("/bin/echo");
    switch (field) {
      case "name" -> spec.name(value);
      case "attributes.queue_name" -> attributes.queueName(value);
      case "attributes.account" -> attributes.account(value);
      case "attributes.reservation_id" -> attributes.reservationId(value);
      default -> attributes.customAttribute("slurm.comment", value);
    }
    JobSpec whole = spec.attributes(attributes.build()).build();
    assertThatThrownBy(() -> directives(whole, NOTHING))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.getField()).isEqualTo(field))
        .hasMessageContaining("a?#SBATCH");
  }

  @Test
  void namesThatAreTooLongAreRefused() {
    JobSpec fits = JobSpec.builder("/bin/echo").name("ä".repeat(512)).build();
    assertThat(directives(fits, NOTHING)).anyMatch(d -> d.contains("ä".repeat(512)));
    JobSpec spec = JobSpec.builder("/bin/echo").name("ä".repeat(513)).build();
    assertThatThrownBy(() -> directives(spec, NOTHING))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.getField()).isEqualTo("name"));
    assertThatThrownBy(() -> custom("slurm.comment", "x".repeat(9000)))
        .isInstanceOf(InvalidJobException.class);
  }

  @Test
  void theDefaultNameIsMadeFit() {
    JobSpec spec = JobSpec.builder("/bin/a\nb" + "x".repeat(200)).build();
    assertThat(directives(spec, NOTHING).get(0)).isEqualTo("--job-name=a_b" + "x".repeat(97));
  }

  @Test
  void programWithAnyControlCharacterHasAName() {
    for (String control : List.of("\u0001", "\u007f", "\u0080", "\u009f")) {
      JobSpec spec = JobSpec.builder("/bin/a" + control).build();
      assertThat(directives(spec, NOTHING).get(0)).isEqualTo("--job-name=a_");
    }
  }

  @Test
  void theScriptsOwnTextCannotBeTakenForDirectivesOfOtherSchedulers() {
    BatchJob job = new BatchJob("id", JobSpec.builder("/bin/echo").build(), NOTHING);
    assertThat(new SlurmScheduler().submitCommand(job, "/d/job.sh"))
        .containsExactly("sbatch", "--parsable", "--ignore-pbs", "/d/job.sh");
  }
}
