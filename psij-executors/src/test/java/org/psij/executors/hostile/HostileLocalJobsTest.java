package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.executors.local.LocalExecutorConfig;

/** Whatever a job of this machine is given arrives, and is obeyed by nobody on the way. */
final class HostileLocalJobsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static HostileFolder folder;
  private static JobExecutor executor;
  private static int cases;

  @BeforeContainer
  static void open() throws IOException {
    folder = new HostileFolder();
    executor =
        JobExecutor.getInstance(
            "local", null, null, LocalExecutorConfig.builder().workDirectory(folder.work()).build());
  }

  @AfterContainer
  static void close() throws IOException {
    executor.close();
    folder.assertNobodyObeyed();
    folder.close();
    System.out.printf("%d hostile values through the local executor%n", cases);
  }

  @Provide
  Arbitrary<HostileValues> values() {
    return HostileValues.of(40, 20);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveAtProcessStartedDirectly(@ForAll("values") HostileValues values) throws Exception {
    assertArrives(HostileJob.direct(values, folder.forJob()));
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveThroughScript(@ForAll("values") HostileValues values) throws Exception {
    assertArrives(HostileJob.scripted(values, folder.forJob()));
  }

  private static void assertArrives(HostileJob hostile) throws Exception {
    Job job = new Job(hostile.spec().build());
    executor.submit(job);
    assertThat(job.waitFor(PATIENCE)).isNotNull();
    assertThat(job.getStatus().getState()).as("%s", job.getStatus()).isEqualTo(JobState.COMPLETED);
    hostile.assertArrived();
    cases += hostile.cases();
  }
}
