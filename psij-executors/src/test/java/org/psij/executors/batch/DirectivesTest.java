package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;

final class DirectivesTest {
  private final Directives directives =
      new Directives().add("nodes", 2).add("time", null).addFlag("exclusive", true);

  private List<String> customized(String name, @Nullable Object value) {
    JobAttributes attributes = JobAttributes.builder().customAttribute(name, value).build();
    JobSpec spec = JobSpec.builder("/bin/true").attributes(attributes).build();
    BatchJob job =
        new BatchJob(UUID.randomUUID().toString(), spec, ResourceSpecV1.builder().build());
    directives.customize(job, new CountedScheduler(), key -> key.equals("N") ? "nodes" : key);
    return lines();
  }

  private List<String> lines() {
    return directives.list().stream().map(each -> each.key() + "=" + each.value()).toList();
  }

  @Test
  void absentValuesAndUnwantedFlagsAddNothing() {
    directives.addFlag("requeue", false);
    assertThat(lines()).containsExactly("nodes=2", "exclusive=null");
  }

  @Test
  void customAttributeIsAdded() {
    assertThat(customized("counted.constraint", "haswell"))
        .containsExactly("nodes=2", "exclusive=null", "constraint=haswell");
  }

  @Test
  void customAttributeReplacesUnderAnyNameOfItsKey() {
    assertThat(customized("counted.N", 5)).containsExactly("exclusive=null", "nodes=5");
  }

  @Test
  void nullAndFalseTakeOut() {
    assertThat(customized("counted.nodes", null)).containsExactly("exclusive=null");
    assertThat(customized("counted.exclusive", false)).isEmpty();
  }

  @Test
  void trueIsAFlagAndAListIsADirectiveEach() {
    assertThat(customized("counted.hold", true))
        .containsExactly("nodes=2", "exclusive=null", "hold=null");
    assertThat(customized("counted.nodes", List.of("1", true, "3")))
        .containsExactly("exclusive=null", "hold=null", "nodes=1", "nodes=null", "nodes=3");
  }

  @Test
  void prefixIsReadWithoutRegardToCaseAndOthersAreIgnored() {
    assertThat(customized("Counted.a", "1")).contains("a=1");
    assertThat(customized("slurm.b", "1")).doesNotContain("b=1");
    assertThat(customized("counted", "1")).doesNotContain("counted=1");
  }

  @Test
  void keyThatCannotBeAnOptionIsRefusedByName() {
    for (String key : List.of("", "a b", "-x", "a\nb", "a=b")) {
      assertThatThrownBy(() -> customized("counted." + key, "1"))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("attributes.custom_attributes.counted." + key);
    }
  }
}
