package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.Soak;
import org.psij.executors.local.LocalExecutorConfig;

/** Whatever a job of this machine is given arrives, and is obeyed by nobody on the way. */
@Tag("c-locale")
final class HostileLocalJobsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int JOBS = Soak.cases(15, 150);

  private static HostileFolder folder;
  private static JobExecutor executor;
  private static int cases;

  @BeforeContainer
  static void open() throws IOException {
    folder = new HostileFolder();
    executor =
        JobExecutor.getInstance(
            "local",
            null,
            null,
            LocalExecutorConfig.builder().workDirectory(folder.work()).build());
  }

  @AfterContainer
  static void close() throws IOException {
    executor.close();
    folder.assertNobodyObeyed();
    folder.close();
    System.out.printf("%d hostile values through the local executor%n", cases);
  }

  @Provide
  Arbitrary<List<HostileValues>> values() {
    return HostileValues.of(40, 20).list().ofSize(JOBS);
  }

  @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveAtProcessesStartedDirectly(@ForAll("values") List<HostileValues> values)
      throws Exception {
    assertArrive(values, HostileJob::direct);
  }

  @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveThroughScripts(@ForAll("values") List<HostileValues> values) throws Exception {
    assertArrive(values, HostileJob::scripted);
  }

  private static void assertArrive(
      List<HostileValues> values, BiFunction<HostileValues, Path, HostileJob> kind)
      throws Exception {
    Map<HostileJob, Job> jobs = new LinkedHashMap<>();
    for (HostileValues each : values) {
      HostileJob hostile = kind.apply(each, folder.forJob());
      jobs.put(hostile, new Job(hostile.spec().build()));
    }
    assertThat(executor.submitAll(jobs.values())).isEmpty();
    for (Map.Entry<HostileJob, Job> job : jobs.entrySet()) {
      assertThat(job.getValue().waitFor(PATIENCE))
          .isNotNull()
          .extracting(JobStatus::getState)
          .as("%s", job.getValue().getStatus())
          .isEqualTo(JobState.COMPLETED);
      job.getKey().assertArrived();
      cases += job.getKey().cases();
    }
  }
}
