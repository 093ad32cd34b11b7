package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskedNodesTest {
  @ParameterizedTest
  @CsvSource({
    "select, 1:ncpus=4, , 1, 4",
    "select, 2:ncpus=4:mpiprocs=4+1:ncpus=8, scatter, 3, 8",
    "select, 2:ncpus=4+1:ncpus=8, pack, 1, 16",
    "select, 2:ncpus=4, pack:excl, 1, 8",
    "select, 3, free, 3, 1",
    "select, ncpus=2:mem=1gb, , 1, 2",
    "nodes, 2:ppn=4, , 2, 4",
    "nodes, 1, , 1, 1",
    "nodes, n1.example.org:ppn=2+n2:ppn=8, , 2, 8",
    "nodes, 2:bigmem:ppn=4:gpus=1+1, , 3, 4",
    "nodes, 99999999999:ppn=2, , 1, 2",
    "nodes, '', , 1, 1",
    "nodect, 4, , 4, ",
    "ncpus, 4, , , ",
  })
  void chunksAreCounted(String resource, String value, String place, Integer nodes, Integer cpus) {
    QstatJob job = new QstatJob("1.s", false);
    job.put("Resource_List." + resource, value);
    if (place != null) {
      job.put("Resource_List.place", place);
    }

    AskedNodes asked = AskedNodes.of(job);

    assertThat(asked.nodes()).isEqualTo(nodes);
    assertThat(asked.mostCpus()).isEqualTo(cpus);
  }

  @ParameterizedTest
  @CsvSource({"2, 8, 2, 4", "2, 9, 2, ", "0, 4, , ", "-1, 4, , ", "x, 4, , ", "1, 0, 1, "})
  void totalsAreSharedOutIfTheyAreEven(String nodect, String ncpus, Integer nodes, Integer cpus) {
    QstatJob job = new QstatJob("1", true);
    job.put("Resource_List.nodect", nodect);
    job.put("Resource_List.ncpus", ncpus);

    AskedNodes asked = AskedNodes.of(job);

    assertThat(asked.nodes()).isEqualTo(nodes);
    assertThat(asked.mostCpus()).isEqualTo(cpus);
  }
}
