package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.psij.executors.batch.lsf.LsfExecutorDescriptor;
import org.psij.spi.ExecutorDescriptor;

final class ArrayIdsTest {
  private static List<String> gathered(int few, String... ids) {
    ArrayDialect arrays = new LsfExecutorDescriptor().getScheduler().arrays();
    assertThat(arrays).isNotNull();
    return ArrayIds.gathered(List.of(ids), arrays, few);
  }

  @Test
  void manyTasksBecomeTheirArray() {
    assertThat(gathered(1, "1[1]", "2", "1[2]", "3[9]", "1[3]", "4[1]", "4[2]"))
        .containsExactly("1", "2", "3[9]", "4");
  }

  @Test
  void fewTasksStayAlone() {
    assertThat(gathered(2, "1[1]", "1[2]", "2[1]", "2[2]", "2[3]"))
        .containsExactly("1[1]", "1[2]", "2");
    assertThat(gathered(0, "1[1]", "x")).containsExactly("1", "x");
  }

  @Test
  void taskIsNamedAndReadInTheSameWay() {
    for (ExecutorDescriptor descriptor : ServiceLoader.load(ExecutorDescriptor.class)) {
      BatchScheduler scheduler =
          descriptor instanceof BatchExecutorDescriptor batch ? batch.getScheduler() : null;
      ArrayDialect arrays = scheduler == null ? null : scheduler.arrays();
      if (arrays != null) {
        String arrayId = descriptor.getName().equals("pbs") ? "25[].vm" : "25";
        for (int index : List.of(0, 1, 74_999)) {
          String task = arrays.taskId(arrayId, index);
          assertThat(arrays.parse(task)).isEqualTo(new ArrayTask(arrayId, index));
          assertThat(scheduler.isNativeId(task)).as(task).isTrue();
        }
        assertThat(arrays.parse(arrayId)).isNull();
        assertThat(arrays.usualLimit()).isPositive();
      }
    }
  }
}
