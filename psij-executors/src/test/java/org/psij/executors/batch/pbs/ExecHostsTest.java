package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecHostsTest {
  @ParameterizedTest
  @CsvSource({
    "pbs1/0, false, pbs1, 1",
    "pbs1/0*4, false, pbs1, 4",
    "a/0*4+b/1*8+a/2*4, false, a b, 8",
    "a/0*4+b/1*2, false, a b, 4",
    "n1/0+n1/1+n2/0, false, n1 n2, 2",
    "'n1/0-3,5', false, n1, 5",
    "n1/4+n2/16, true, n1 n2, 16",
    "n1, false, n1, ",
    "n1/x, false, n1, ",
    "n1/0*99999999999, false, '', ",
    "'n1/0-999999999,0-999999999,0-999999999', false, n1, ",
    "n1/99999999999, true, n1, ",
    "n1/5-1, false, n1, ",
    "+/+, false, '', ",
    "' ', false, '', ",
    ", false, '', ",
  })
  void hostsAndTheirCpusAreCounted(String text, boolean slurm, String names, Integer cpus) {
    QstatJob job = new QstatJob("1.s", slurm);
    if (text != null) {
      job.put("exec_host", text);
    }

    ExecHosts hosts = ExecHosts.of(job);

    assertThat(List.copyOf(hosts.names())).isEqualTo(words(names));
    assertThat(hosts.mostCpus()).isEqualTo(cpus);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
