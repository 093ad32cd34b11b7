package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.psij.Refusals.assertRefused;
import static org.psij.Refusals.refusal;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceSpecV1Test {
  private static ResourceSpecV1.Builder everything() {
    return ResourceSpecV1.builder()
        .nodeCount(2)
        .processCount(8)
        .processesPerNode(4)
        .cpuCoresPerProcess(3)
        .gpuCoresPerProcess(1)
        .exclusiveNodeUse(true)
        .memory(5000L);
  }

  private static ResourceSpecV1 counts(Integer nodes, Integer processes, Integer perNode) {
    return ResourceSpecV1.builder()
        .nodeCount(nodes)
        .processCount(processes)
        .processesPerNode(perNode)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    " ,  ,  , 1,  1, 1",
    "5,  ,  , 5,  5, 1",
    " , 6,  , 1,  6, 6",
    " ,  , 7, 1,  7, 7",
    "2, 6,  , 2,  6, 3",
    "3,  , 4, 3, 12, 4",
    " , 6, 2, 3,  6, 2",
    "2, 6, 3, 2,  6, 3",
  })
  void infersWhatIsNotGiven(
      Integer nodes,
      Integer processes,
      Integer perNode,
      int computedNodes,
      int computedProcesses,
      int computedPerNode) {
    ResourceSpecV1 spec = counts(nodes, processes, perNode);

    assertThat(spec.getComputedNodeCount()).isEqualTo(computedNodes);
    assertThat(spec.getComputedProcessCount()).isEqualTo(computedProcesses);
    assertThat(spec.getComputedProcessesPerNode()).isEqualTo(computedPerNode);
    assertThat(spec.getNodeCount()).isEqualTo(nodes);
    assertThat(spec.getProcessCount()).isEqualTo(processes);
    assertThat(spec.getProcessesPerNode()).isEqualTo(perNode);
  }

  @ParameterizedTest
  @CsvSource({"2, 6, 4", "2, 5, ", "7, 3, ", " , 7, 2", " , 3, 7", "1, 1, 2"})
  void contradictionsAreRefusedWithAllThreeValues(
      Integer nodes, Integer processes, Integer perNode) {
    assertThat(refusal(() -> counts(nodes, processes, perNode)))
        .hasMessageContaining("node_count is " + given(nodes))
        .hasMessageContaining("process_count is " + given(processes))
        .hasMessageContaining("processes_per_node is " + given(perNode))
        .extracting(InvalidJobException::getField)
        .isEqualTo("resources");
  }

  private static String given(Integer value) {
    return value == null ? "not given" : value.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void countsBelowOneAreRefused(int count) {
    assertRefused("resources.node_count", () -> counts(count, null, null));
    assertRefused("resources.process_count", () -> counts(null, count, null));
    assertRefused("resources.processes_per_node", () -> counts(null, null, count));
    assertRefused(
        "resources.cpu_cores_per_process",
        () -> ResourceSpecV1.builder().cpuCoresPerProcess(count).build());
    assertRefused("resources.memory", () -> ResourceSpecV1.builder().memory((long) count).build());
  }

  @Test
  void gpusMayBeZeroButNotNegative() {
    assertThat(ResourceSpecV1.builder().gpuCoresPerProcess(0).build().getGpuCoresPerProcess())
        .isZero();
    assertRefused(
        "resources.gpu_cores_per_process",
        () -> ResourceSpecV1.builder().gpuCoresPerProcess(-1).build());
  }

  @Test
  void moreProcessesThanAnIntHoldsAreRefused() {
    assertThat(refusal(() -> counts(65_536, null, 65_536)))
        .hasMessageContaining("4294967296")
        .extracting(InvalidJobException::getField)
        .isEqualTo("resources");
    assertThat(refusal(() -> counts(65_536, 65_536, 65_536)).getField()).isEqualTo("resources");
    assertThat(counts(Integer.MAX_VALUE, null, null).getComputedProcessCount())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void memoryIsGivenInBytesAndReadInKibToo() {
    assertThat(everything().build().getMemory()).isEqualTo(5000);
    assertThat(everything().build().getMemoryKb()).isEqualTo(4);
    assertThat(counts(1, 1, 1).getMemoryKb()).isNull();
  }

  @Test
  void toBuilderCopiesEverything() {
    ResourceSpecV1 spec = everything().build();
    ResourceSpecV1 copy = spec.toBuilder().build();

    assertThat(copy).isEqualTo(spec).hasSameHashCodeAs(spec).isNotSameAs(spec);
    assertThat(copy.getComputedProcessCount()).isEqualTo(8);
  }

  @Test
  void everyValueCountsForEquality() {
    assertDiffers(b -> b.nodeCount(null));
    assertDiffers(b -> b.processCount(null));
    assertDiffers(b -> b.processesPerNode(null));
    assertDiffers(b -> b.cpuCoresPerProcess(4));
    assertDiffers(b -> b.gpuCoresPerProcess(2));
    assertDiffers(b -> b.exclusiveNodeUse(false));
    assertDiffers(b -> b.memory(5001L));
  }

  private static void assertDiffers(UnaryOperator<ResourceSpecV1.Builder> change) {
    assertThat(change.apply(everything()).build()).isNotEqualTo(everything().build());
  }

  @Test
  void toStringShowsOnlyWhatIsGiven() {
    assertThat(counts(2, null, null))
        .hasToString("ResourceSpecV1[nodeCount=2, exclusiveNodeUse=false]");
  }

  @Test
  void versionOneIsTheOnlyVersion() {
    assertThat(ResourceSpec.getInstance(1)).isEqualTo(counts(null, null, null));
    assertThat(ResourceSpec.getInstance(1).getVersion()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResourceSpec.getInstance(2))
        .withMessageContaining("2; known: 1");
  }
}
