package org.psij.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command runs to its end, with as few jobs as make sense. */
final class BenchmarksTest {
  private static final Effort LITTLE = new Effort(1, 0.001);

  private static String run(Benchmark benchmark) throws Exception {
    return Main.section(benchmark, LITTLE);
  }

  @Test
  void localJobsAreMeasured() throws Exception {
    String[] psij = FreshJvm.command(org.psij.cli.Main.class).toArray(String[]::new);

    assertThat(run(new LocalBenchmark(psij)))
        .contains("| 20 `/bin/true` at once, `submitAll` |")
        .contains("| 20 `sleep` at once, most threads |")
        .contains("| the library alone, 50 jobs of which none is started, CPU a job |")
        .contains("| end of job by its own clock to callback, median |")
        .contains("| first job of a JVM")
        .contains("cores");
  }

  @Test
  void specificationsAndListingsOfAllDialectsAreMeasured() throws Exception {
    assertThat(run(new JsonBenchmark()))
        .contains("| dump of a specification")
        .contains("| load of a specification")
        .contains("| `gridengine`: a status listing of 50 jobs")
        .contains("| `lsf`:")
        .contains("| `pbs`:")
        .contains("| `pbs_classic`:")
        .contains("| `slurm`:");
  }

  @Test
  void statusEventsAreMeasured() throws Exception {
    assertThat(run(new StatesBenchmark())).contains("1,002 status events");
  }

  @Test
  void growthIsMeasuredAndDrawn(@TempDir Path folder) throws Exception {
    Path plot = folder.resolve("performance/scale.svg");

    assertThat(run(new ScaleBenchmark(plot))).contains("one poll of 20 live jobs");
    assertThat(plot).content().startsWith("<svg").contains("<polyline").endsWith("</svg>\n");
  }

  @Test
  void jacksonWritesTheSameDocument() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    SpecJson benchmark = new SpecJson();

    assertThat(mapper.readTree(benchmark.jacksonDump()))
        .isEqualTo(mapper.readTree(benchmark.libraryDump()));
  }
}
