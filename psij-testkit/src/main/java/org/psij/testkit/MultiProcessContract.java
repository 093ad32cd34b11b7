package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;

/** As many processes as asked for, and the file that lists where they run. */
public abstract class MultiProcessContract extends Contract {
  /** Variables in which launchers tell a process its rank, the first that is set counts. */
  private static final List<String> RANK_VARIABLES =
      List.of(
          "PSIJ_PROCESS_INDEX",
          "PMIX_RANK",
          "OMPI_COMM_WORLD_RANK",
          "PMI_RANK",
          "SLURM_PROCID",
          "MV2_COMM_WORLD_RANK");

  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected MultiProcessContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Override
  protected Set<Feature> needed() {
    return EnumSet.of(Feature.MULTI_PROCESS);
  }

  private static JobSpec.Builder with(JobSpec.Builder spec, int processes) {
    return spec.resources(ResourceSpecV1.builder().processCount(processes).build());
  }

  @Test
  void everyProcessHasARankOfItsOwn() throws InterruptedException {
    StringBuilder rank = new StringBuilder();
    for (String variable : RANK_VARIABLES) {
      rank.append("${").append(variable).append(":-");
    }
    rank.append("0").append("}".repeat(RANK_VARIABLES.size()));
    Job job = submit(with(shell("echo rank=" + rank), 4).stdoutPath(folder.resolve("out")));
    assertCompletes(job);

    int processes = launcher().isDirect() ? 1 : 4;
    List<String> expected = IntStream.range(0, processes).mapToObj(i -> "rank=" + i).toList();
    assertEquals(expected, read("out").lines().sorted().toList());
  }

  @Test
  void nodeFileHasALineForEachProcess() throws InterruptedException {
    assertCompletes(submit(with(shell("[ \"$(wc -l <\"$PSIJ_NODEFILE\")\" -eq 4 ] || exit 2"), 4)));
  }

  @Test
  void failureOfOneProcessFailsTheJob() throws InterruptedException {
    Job job = submit(with(shell("exit 5"), 2));
    assertEquals(5, end(job).getExitCode());
  }

  @Test
  void nodesAndProcessesPerNodeMayBeAskedFor() throws InterruptedException {
    ResourceSpecV1 resources = ResourceSpecV1.builder().nodeCount(2).processesPerNode(2).build();
    Job job = submit(spec("/bin/hostname").resources(resources).stdoutPath(folder.resolve("out")));
    assertCompletes(job);
    try (Stream<String> lines = read("out").lines()) {
      assertEquals(launcher().isDirect() ? 1 : 4, lines.filter(line -> !line.isBlank()).count());
    }
  }
}
