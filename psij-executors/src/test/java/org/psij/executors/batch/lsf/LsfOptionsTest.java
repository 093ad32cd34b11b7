package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

final class LsfOptionsTest {
  private static final String SCRIPT = "/home/u/it's a \"$(x)\"/job.sh";

  private final LsfScheduler lsf = new LsfScheduler();

  private static JobSpec.Builder spec() {
    return JobSpec.builder("/opt/my prog");
  }

  private List<String> command(JobSpec.Builder spec, ResourceSpecV1.Builder resources) {
    return lsf.submitCommand(LsfSample.job(spec, resources), SCRIPT);
  }

  private List<String> command(JobSpec.Builder spec) {
    return command(spec, ResourceSpecV1.builder());
  }

  private List<String> command(ResourceSpecV1.Builder resources) {
    return command(spec(), resources);
  }

  private List<String> command(JobAttributes.Builder attributes) {
    return command(spec().attributes(attributes.build()));
  }

  private void refused(String field, JobAttributes.Builder attributes) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> command(attributes))
        .matches(e -> field.equals(e.getField()), "field " + field);
  }

  @Test
  void simpleJobHasNoOptionThatNobodyAskedFor() {
    assertThat(command(spec()))
        .containsExactly(
            "bsub",
            "-J",
            "my_prog",
            "-o",
            "/dev/null",
            "-e",
            "/dev/null",
            "-W",
            "10",
            "-env",
            "all",
            "/bin/bash '/home/u/it'\\''s a \"$(x)\"/job.sh'");
  }

  @Test
  void attributesHaveTheirOptions() {
    assertThat(
            command(
                spec()
                    .name("my job")
                    .inheritEnvironment(false)
                    .attributes(
                        JobAttributes.builder()
                            .duration(Duration.ofSeconds(61))
                            .queueName("long")
                            .account("p1")
                            .reservationId("user1#0")
                            .build())))
        .containsSequence("-J", "my job")
        .containsSequence("-W", "2")
        .containsSequence("-q", "long")
        .containsSequence("-P", "p1")
        .containsSequence("-U", "user1#0")
        .containsSequence("-env", "none");
  }

  @Test
  void slotsHoldTheCoresOfAllProcesses() {
    assertThat(command(ResourceSpecV1.builder().processCount(6).cpuCoresPerProcess(4)))
        .containsSequence("-n", "24", "-R", "span[hosts=1]");
    assertThat(
            command(
                ResourceSpecV1.builder()
                    .nodeCount(3)
                    .processesPerNode(2)
                    .cpuCoresPerProcess(4)
                    .exclusiveNodeUse(true)))
        .containsSequence("-n", "24", "-R", "span[ptile=8]")
        .contains("-x");
  }

  @Test
  void memoryIsRoundedUpForTheJobAndForEachHost() {
    assertThat(command(ResourceSpecV1.builder().nodeCount(3).memory(1024L * 1000 + 1)))
        .containsSequence("-M", "1001KB")
        .containsSequence("-R", "span[ptile=1]", "-R", "rusage[mem=334KB]");
    assertThat(command(ResourceSpecV1.builder().memory(Long.MAX_VALUE)))
        .containsSequence("-M", "9007199254740992KB");
  }

  @Test
  void gpusAreCountedForEachHost() {
    assertThat(command(ResourceSpecV1.builder().processCount(4).gpuCoresPerProcess(2)))
        .containsSequence("-gpu", "num=8/host:j_exclusive=yes");
    assertThat(command(ResourceSpecV1.builder().gpuCoresPerProcess(0))).doesNotContain("-gpu");
  }

  @Test
  void moreCoresThanCanBeCountedAreRefused() {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(
            () ->
                command(
                    ResourceSpecV1.builder()
                        .processCount(Integer.MAX_VALUE)
                        .cpuCoresPerProcess(Integer.MAX_VALUE)))
        .withMessageContaining("resources");
  }

  @Test
  void walltimeThatLsfCannotCountIsRefused() {
    refused("attributes.duration", JobAttributes.builder().duration(Duration.ZERO));
    refused("attributes.duration", JobAttributes.builder().duration(Duration.ofDays(1L << 40)));
  }

  @Test
  void customAttributesReplaceAddAndRemoveOptions() {
    List<String> command =
        command(
            spec()
                .attributes(
                    JobAttributes.builder()
                        .customAttribute("LSF.r", true)
                        .customAttribute("lsf.x", false)
                        .customAttribute("lsf.W", null)
                        .customAttribute("lsf.sp", 50)
                        .customAttribute("lsf.R", List.of("select[mem>\"$1\"]", "span[ptile=1]"))
                        .customAttribute("slurm.constraint", "x")
                        .build()),
            ResourceSpecV1.builder().processCount(2).exclusiveNodeUse(true));
    assertThat(command)
        .containsSequence("-R", "select[mem>\"$1\"]", "-R", "span[ptile=1]")
        .containsSequence("-sp", "50")
        .contains("-r")
        .doesNotContain("-x", "-W", "span[hosts=1]", "-constraint");
  }

  @Test
  void limitsOfDifferentCaseAreDifferentOptions() {
    assertThat(command(JobAttributes.builder().customAttribute("lsf.m", "hostA")))
        .containsSequence("-m", "hostA")
        .doesNotContain("-M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"I", "Ip", "Is", "K", "h", "V", "pack", "json", "yaml", "jsdl"})
  void optionThatWouldBreakTrackingIsRefused(String option) {
    refused(
        "attributes.custom_attributes.lsf." + option,
        JobAttributes.builder().customAttribute("lsf." + option, true));
  }

  @Test
  void arrayByCustomAttributeIsRefused() {
    refused(
        "attributes.custom_attributes.lsf.J",
        JobAttributes.builder().customAttribute("lsf.J", "a[1-3]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\"b", "a$(b)", "a`b`", "a\\b", "-x", "\u0085"})
  void valueThatAnOptionCannotCarryIsRefused(String value) {
    refused("attributes.queue_name", JobAttributes.builder().queueName(value));
    refused("attributes.account", JobAttributes.builder().account(value));
    refused("attributes.reservation_id", JobAttributes.builder().reservationId(value));
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> command(spec().name(value)))
        .matches(e -> "name".equals(e.getField()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[1-10]", "a%5", "a*"})
  void nameThatWouldMakeAnArrayOrAPatternIsRefused(String name) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> command(spec().name(name)))
        .matches(e -> "name".equals(e.getField()));
    BatchJob job = LsfSample.job(spec().name(name), ResourceSpecV1.builder());
    assertThatExceptionOfType(InvalidJobException.class).isThrownBy(() -> lsf.scriptHead(job));
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's", "a#b", "{{x}}", "a;b", "a|b", "größe"})
  void otherNamesArriveLiterally(String name) {
    assertThat(command(spec().name(name))).containsSequence("-J", name);
  }

  @Test
  void nameOfTheProgramIsMadeFit() {
    assertThat(command(JobSpec.builder("/x/-a[1]$(b)\n"))).containsSequence("-J", "_a_1___b__");
    assertThat(command(JobSpec.builder("/" + "x".repeat(5000))).get(2)).hasSize(128);
  }
}
