package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.JobArrays;
import org.psij.executors.batch.ScriptPreview;
import org.psij.executors.batch.Testbed;

/** Whatever the jobs of a real scheduler are given arrives, and is obeyed by nobody on the way. */
@Tag("testbed")
@Tag("attack")
final class HostileClusterJobsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int JOBS = 50;

  private HostileFolder folder;
  private final Map<HostileJob, Job> jobs = new LinkedHashMap<>();
  private final Map<HostileJob, String> names = new LinkedHashMap<>();
  private int refusedNames;

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = new HostileFolder();
  }

  @AfterProperty
  void removeFolder() throws IOException {
    folder.close();
  }

  @Provide
  Arbitrary<List<HostileValues>> values() {
    return HostileValues.of(8, 4).list().ofSize(JOBS);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return HostileText.values().filter(name -> !name.isEmpty()).list().ofSize(JOBS);
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveThroughSlurm(
      @ForAll("values") List<HostileValues> values, @ForAll("names") List<String> names)
      throws Exception {
    assertArrive("slurm", "SLURM_JOB_NAME", values, names);
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveThroughGridEngine(
      @ForAll("values") List<HostileValues> values, @ForAll("names") List<String> names)
      throws Exception {
    assertArrive("gridengine", "JOB_NAME", values, names);
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arriveThroughTheTorqueCommandsOfSlurm(
      @ForAll("values") List<HostileValues> values, @ForAll("names") List<String> names)
      throws Exception {
    assertArrive("pbs_classic", "SLURM_JOB_NAME", values.subList(0, 10), names);
  }

  private void assertArrive(
      String scheduler, String nameVariable, List<HostileValues> values, List<String> names)
      throws Exception {
    Testbed.require(scheduler);
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.work())
            .pollingInterval(Duration.ofSeconds(2))
            .jobArrays(JobArrays.SAME_NAME) // the names must show
            .build();
    try (JobExecutor executor = JobExecutor.getInstance(scheduler, null, null, config)) {
      for (int i = 0; i < values.size(); i++) {
        prepare(executor, HostileJob.scripted(values.get(i), folder.forJob()), names.get(i));
      }
      assertThat(executor.submitAll(jobs.values())).isEmpty();
      for (HostileJob hostile : jobs.keySet()) {
        assertArrived(hostile, nameVariable);
      }
    }
    folder.assertNobodyObeyed();
    System.out.printf(
        "%d hostile values through %d jobs of %s, and %d names; %d names refused%n",
        jobs.keySet().stream().mapToInt(HostileJob::cases).sum(),
        jobs.size(),
        scheduler,
        this.names.size(),
        refusedNames);
  }

  private void prepare(JobExecutor executor, HostileJob hostile, String name) {
    JobSpec.Builder spec = hostile.spec();
    boolean isGiven = !name.equals(spec.build().getExecutable()); // that is what it is without one
    if (isGiven && isCarried(executor, spec.name(name))) {
      names.put(hostile, name);
    } else {
      spec.name(null);
    }
    jobs.put(hostile, new Job(spec.build()));
  }

  private boolean isCarried(JobExecutor executor, JobSpec.Builder spec) {
    try {
      executor.capability(ScriptPreview.class).orElseThrow().preview(new Job(spec.build()));
      return true;
    } catch (InvalidJobException e) {
      assertThat(e.getField()).as("%s", e).isEqualTo("name");
      refusedNames++;
      return false;
    }
  }

  private void assertArrived(HostileJob hostile, String nameVariable) throws Exception {
    Job job = jobs.get(hostile);
    assertThat(job.waitFor(PATIENCE)).as("%s", job).isNotNull();
    assertThat(job.getStatus().getState()).as("%s", job.getStatus()).isEqualTo(JobState.COMPLETED);
    hostile.assertArrived();
    String name = names.get(hostile);
    if (name != null) {
      assertThat(hostile.received().variable(nameVariable)).containsOnly(name);
      assertThat(hostile.received().variable("PSIJ_JOB_NAME")).containsOnly(name);
    }
  }
}
