package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "n1 = n1",
        "n[1-3,7] = n1 n2 n3 n7",
        "n[08-11] = n08 n09 n10 n11",
        "n[098-101] = n098 n099 n100 n101",
        "n[9-11] = n9 n10 n11",
        "login,n[1-2],big = login n1 n2 big",
        "rack[0-1]node[08,10] = rack0node08 rack0node10 rack1node08 rack1node10",
        "n[1-2]-ib = n1-ib n2-ib",
        "[1-2] = 1 2"
      })
  void everyNodeIsNamed(String text, String names) {
    assertThat(NodeNames.of(text)).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n[",
        "n[1",
        "n[1-]",
        "n[a]",
        "n]",
        "n[3-1]",
        "n[1-2]x]",
        ",",
        "n1,",
        "n[]",
        "n[1,,2]",
        "n[1-99999999]",
        "n[1-999][1-999]",
        "a[1-60000],b[1-60000]",
        "n[99999999999]"
      })
  void whatCannotBeReadIsNoNode(String text) {
    assertThat(NodeNames.of(text)).isEmpty();
  }

  @Test
  void aWholeClusterIsNamed() {
    assertThat(NodeNames.of("n[00001-20000]"))
        .hasSize(20_000)
        .contains("n00100")
        .doesNotHaveDuplicates();
  }
}
