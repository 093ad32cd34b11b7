package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psij.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds where nothing is given. */
class JobSpecDefaultsTest {
  private static final JobSpec DEFAULTS =
      JobSpec.builder("/opt/default")
          .arguments("-d")
          .directory(Path.of("/d"))
          .name("default")
          .inheritEnvironment(false)
          .environment(Map.of("A", "default", "B", "default"))
          .resources(
              ResourceSpecV1.builder().nodeCount(2).memory(1000L).exclusiveNodeUse(true).build())
          .attributes(
              JobAttributes.builder()
                  .duration(Duration.ofHours(1))
                  .queueName("default")
                  .account("default")
                  .customAttribute("slurm.a", "default")
                  .customAttribute("slurm.b", "default")
                  .build())
          .launcher("mpirun")
          .cleanup(Path.of("d"))
          .cleanupFlags(StageOutFlags.ON_ERROR)
          .build();

  private static JobSpec over(JobSpec.Builder given) {
    return given.defaults(DEFAULTS).build();
  }

  @Test
  void theyHoldWhereNothingIsGiven() {
    assertThat(over(JobSpec.builder())).isEqualTo(DEFAULTS).hasSameHashCodeAs(DEFAULTS);
  }

  @Test
  void whatIsGivenGoesBefore() {
    JobSpec spec =
        over(
            JobSpec.builder()
                .directory(Path.of("/g"))
                .name("given")
                .environmentVariable("A", "given")
                .resources(ResourceSpecV1.builder().nodeCount(4).build())
                .attributes(
                    JobAttributes.builder()
                        .queueName("given")
                        .customAttribute("slurm.a", null)
                        .build())
                .launcher("srun")
                .cleanup(Path.of("g")));
    assertThat(spec)
        .isEqualTo(
            DEFAULTS.toBuilder()
                .directory(Path.of("/g"))
                .name("given")
                .environment(Map.of("A", "given", "B", "default"))
                .resources(
                    ResourceSpecV1.builder()
                        .nodeCount(4)
                        .memory(1000L)
                        .exclusiveNodeUse(true)
                        .build())
                .attributes(
                    DEFAULTS.getAttributes().toBuilder()
                        .queueName("given")
                        .customAttribute("slurm.a", null)
                        .build())
                .launcher("srun")
                .cleanup(Path.of("g"))
                .build());
  }

  @Test
  void whatIsGivenLaterGoesBeforeToo() {
    JobSpec.Builder builder = JobSpec.builder().defaults(DEFAULTS);
    assertThat(builder.build().getLauncher()).isEqualTo("mpirun");
    builder
        .launcher("srun")
        .resources(ResourceSpecV1.builder().nodeCount(4).build())
        .environment(Map.of("A", "given"));
    JobSpec spec = builder.build();
    assertThat(spec.getLauncher()).isEqualTo("srun");
    assertThat(spec.getResources())
        .isEqualTo(
            ResourceSpecV1.builder().nodeCount(4).memory(1000L).exclusiveNodeUse(true).build());
    assertThat(spec.getEnvironment()).isEqualTo(Map.of("A", "given", "B", "default"));
  }

  @Test
  void whatIsBuiltInGoesBeforeWhereItIsGiven() {
    JobSpec given =
        JobSpec.builder()
            .inheritEnvironment(true)
            .resources(ResourceSpecV1.builder().exclusiveNodeUse(false).build())
            .attributes(JobAttributes.builder().duration(JobAttributes.DEFAULT_DURATION).build())
            .cleanupFlags(StageOutFlags.ALWAYS)
            .build();
    JobSpec spec = over(given.toBuilder());
    assertThat(spec.isInheritEnvironment()).isTrue();
    assertThat(spec.getResources())
        .isEqualTo(ResourceSpecV1.builder().nodeCount(2).memory(1000L).build());
    assertThat(spec.getAttributes().getDuration()).isEqualTo(JobAttributes.DEFAULT_DURATION);
    assertThat(spec.getCleanupFlags()).isEqualTo(StageOutFlags.ALWAYS);
    assertThat(given).isEqualTo(JobSpec.builder().resources(given.getResources()).build());
  }

  @Test
  void earlierDefaultsGoBeforeLaterOnes() {
    JobSpec earlier = JobSpec.builder().launcher("srun").build();
    JobSpec spec = JobSpec.builder().defaults(earlier).defaults(DEFAULTS).build();
    assertThat(spec).isEqualTo(DEFAULTS.toBuilder().launcher("srun").build());
  }

  @Test
  void argumentsBelongToTheirExecutable() {
    assertThat(over(JobSpec.builder("/opt/given")).getArguments()).isEmpty();
    JobSpec spec = over(JobSpec.builder().arguments("-g"));
    assertThat(spec.getExecutable()).isEqualTo("/opt/default");
    assertThat(spec.getArguments()).containsExactly("-g");
  }

  @Test
  void twoCountsSettleTheThird() {
    ResourceSpecV1 counts =
        ResourceSpecV1.builder().nodeCount(2).processCount(8).processesPerNode(4).build();
    JobSpec defaults = JobSpec.builder().resources(counts).build();
    ResourceSpecV1 two = ResourceSpecV1.builder().nodeCount(3).processesPerNode(5).build();
    assertThat(JobSpec.builder().resources(two).defaults(defaults).build().getResources())
        .isEqualTo(two);

    ResourceSpecV1 one = ResourceSpecV1.builder().nodeCount(3).build();
    assertRefused("resources", () -> JobSpec.builder().resources(one).defaults(defaults).build());
  }

  @Test
  void aCopyKnowsWhatWasGiven() {
    JobAttributes none = JobAttributes.builder().build();
    assertThat(none.isDurationGiven()).isFalse();
    assertThat(none.toBuilder().build().isDurationGiven()).isFalse();
    JobAttributes given = none.toBuilder().duration(JobAttributes.DEFAULT_DURATION).build();
    assertThat(given.toBuilder().build().isDurationGiven()).isTrue();
    assertThat(given).isEqualTo(none).hasSameHashCodeAs(none);
  }
}
