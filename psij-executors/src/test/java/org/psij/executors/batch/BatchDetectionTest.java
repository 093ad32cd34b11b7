package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobExecutorConfig;
import org.psij.executors.batch.gridengine.GridEngineExecutorDescriptor;
import org.psij.executors.batch.lsf.LsfExecutorDescriptor;
import org.psij.executors.batch.pbs.PbsExecutorDescriptor;
import org.psij.executors.batch.pbs.TorqueExecutorDescriptor;
import org.psij.executors.batch.slurm.SlurmExecutorDescriptor;
import org.psij.spi.Detection;
import org.psij.spi.Fit;
import org.psij.spi.Surroundings;

/** How schedulers are recognised: by what their commands were recorded to say, or do say. */
final class BatchDetectionTest {
  private static final String OPENPBS = "echo 'pbs_version = 23.06.06'";
  private static final String TORQUE = "printf 'Version: 6.1.2\\nCommit: 661e092\\n'";
  private static final String GRID_ENGINE = "printf 'SGE 8.1.9\\nusage: qstat [options]\\n'";
  private static final String LSF = "echo 'IBM Spectrum LSF Standard 10.1.0.0, Apr 18 2019' >&2";

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void searchOnlyTheFolder() {
    environment.put("PATH", folder.toString());
  }

  private void fake(String command, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(command), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Surroundings here() {
    return new Surroundings() {
      @Override
      public @Nullable String getVariable(String name) {
        return environment.get(name);
      }

      @Override
      public @Nullable Path findCommand(String name) {
        Path command = Path.of(environment.get("PATH"), name);
        return Files.isExecutable(command) ? command : null;
      }

      @Override
      public JobExecutorConfig getConfig() {
        return JobExecutorConfig.builder().build();
      }
    };
  }

  private void assertFit(BatchExecutorDescriptor descriptor, Fit fit, String reason) {
    Detection detection = descriptor.detect(here());
    assertThat(detection).as(descriptor.getName()).isNotNull();
    assertThat(detection.getFit()).as("%s", detection).isEqualTo(fit);
    assertThat(detection.getReason()).contains(reason);
  }

  private void assertNoSign(BatchExecutorDescriptor descriptor) {
    assertThat(descriptor.detect(here())).as(descriptor.getName()).isNull();
  }

  @Test
  void withoutCommandsThereIsNoSign() {
    assertNoSign(new SlurmExecutorDescriptor());
    assertNoSign(new PbsExecutorDescriptor());
    assertNoSign(new TorqueExecutorDescriptor());
    assertNoSign(new GridEngineExecutorDescriptor());
    assertNoSign(new LsfExecutorDescriptor());
  }

  @Test
  void recordedOpenPbsIsToldFromItsRelatives() throws Exception {
    fake("qsub", "exit 1");
    fake("qstat", OPENPBS);
    fake("qselect", "echo 7.vm");

    assertFit(new PbsExecutorDescriptor(), Fit.ANSWERS, "its commands are in " + folder);
    assertNoSign(new TorqueExecutorDescriptor());
    assertNoSign(new GridEngineExecutorDescriptor());
  }

  @Test
  void recordedOpenPbsWithoutItsServerIsSilent() throws Exception {
    fake("qsub", "exit 1");
    fake("qstat", OPENPBS);
    fake(
        "qselect",
        """
        echo 'Connection refused' >&2
        echo 'qselect: cannot connect to server vm (errno=15010)' >&2
        exit 255
        """);

    assertFit(
        new PbsExecutorDescriptor(),
        Fit.SILENT,
        "does not answer now: exit code 255, qselect: cannot connect to server vm (errno=15010)");
  }

  @Test
  void torqueAsDocumentedIsToldFromItsRelatives() throws Exception {
    fake("qsub", "exit 1");
    fake("qstat", "case $1 in --version) " + TORQUE + ";; -u) ;; *) exit 2;; esac");
    environment.put("PBS_JOBID", "12.vm");

    assertFit(
        new TorqueExecutorDescriptor(), Fit.ALLOCATION, "inside allocation 12.vm of Torque, and");
    assertNoSign(new PbsExecutorDescriptor());
    assertNoSign(new GridEngineExecutorDescriptor());
  }

  @Test
  void recordedGridEngineWithoutARootHasNoCluster() throws Exception {
    fake("qsub", "exit 1");
    fake(
        "qstat",
        "case $1 in -help) "
            + GRID_ENGINE
            + ";; *) echo 'critical error: Please set the environment variable SGE_ROOT.' >&2;"
            + " exit 1;; esac");

    assertFit(
        new GridEngineExecutorDescriptor(),
        Fit.NONE,
        "but know of no cluster: critical error: Please set the environment variable SGE_ROOT.");
    assertNoSign(new PbsExecutorDescriptor());
    assertNoSign(new TorqueExecutorDescriptor());
  }

  @Test
  void lsfAsDocumentedAnswersOrDoesNot() throws Exception {
    fake("bsub", LSF);
    fake("bjobs", "echo 'No unfinished job found'; exit 255");
    assertFit(new LsfExecutorDescriptor(), Fit.ANSWERS, "and it answers");

    fake("bjobs", "echo 'LIM is down; try later' >&2; exit 255");
    assertFit(new LsfExecutorDescriptor(), Fit.SILENT, "LIM is down; try later");
  }

  @Test
  void recordedSlurmWithoutAConfigurationHasNoCluster() throws Exception {
    fake("sbatch", "exit 1");
    fake(
        "squeue",
        """
        echo 'squeue: error: _establish_config_source: failed to fetch config' >&2
        echo 'squeue: fatal: Could not establish a configuration source' >&2
        exit 1
        """);

    assertFit(
        new SlurmExecutorDescriptor(),
        Fit.NONE,
        "no cluster: squeue: fatal: Could not establish a configuration source");
  }

  @Test
  void whoeverDoesNotAnswerInTimeIsSilent() throws Exception {
    fake("sbatch", "exit 1");
    fake("squeue", "sleep 60");
    SlurmExecutorDescriptor slurm = new SlurmExecutorDescriptor();
    PresenceDialect presence = Objects.requireNonNull(slurm.getScheduler().presence());

    Detection detection =
        new BatchDetection(slurm, presence, here(), Duration.ofMillis(200)).detect();

    assertThat(detection).isNotNull();
    assertThat(detection.getFit()).isEqualTo(Fit.SILENT);
    assertThat(detection.getReason()).contains("was killed after");
  }

  @Test
  void anAllocationWithoutItsSchedulerIsNoReasonToSubmit() throws Exception {
    environment.put("SLURM_JOB_ID", "123");
    assertFit(
        new SlurmExecutorDescriptor(),
        Fit.NONE,
        "inside allocation 123 of Slurm, but 'sbatch' is not in PATH");

    fake("sbatch", "exit 1");
    fake("squeue", "echo 'Unable to contact slurm controller (connect failure)' >&2; exit 1");
    assertFit(
        new SlurmExecutorDescriptor(),
        Fit.NONE,
        "inside allocation 123 of Slurm, but its commands are in " + folder);
  }

  @Test
  void aConfiguredFolderGoesBeforePath() throws Exception {
    fake("sbatch", "exit 1");
    fake("squeue", "exit 0");
    environment.put("PSIJ_SLURM_COMMAND_FOLDER", "/no/such/folder");

    assertFit(new SlurmExecutorDescriptor(), Fit.NONE, "'sbatch' is not in /no/such/folder");
    environment.put("PSIJ_SLURM_COMMAND_FOLDER", folder.toString());
    environment.put("PATH", "/no/such/folder");
    assertFit(new SlurmExecutorDescriptor(), Fit.ANSWERS, "in " + folder);
  }

  @Test
  @Tag("testbed")
  void slurmAnswers() {
    useCommandsOf("slurm");
    assertFit(new SlurmExecutorDescriptor(), Fit.ANSWERS, "and it answers");
    environment.put("SLURM_JOB_ID", "123");
    assertFit(new SlurmExecutorDescriptor(), Fit.ALLOCATION, "inside allocation 123 of Slurm, and");
    assertNoSign(new GridEngineExecutorDescriptor());
  }

  @Test
  @Tag("testbed")
  void gridEngineAnswers() {
    useCommandsOf("gridengine");
    assertFit(new GridEngineExecutorDescriptor(), Fit.ANSWERS, "and it answers");
    assertNoSign(new PbsExecutorDescriptor());
    assertNoSign(new TorqueExecutorDescriptor());
  }

  @Test
  @Tag("testbed")
  void theTorqueCommandsOfSlurmStandIn() {
    useCommandsOf("pbs_classic");
    assertFit(new TorqueExecutorDescriptor(), Fit.COMPATIBLE, "commands that stand in for its own");
    assertNoSign(new PbsExecutorDescriptor());
    assertNoSign(new GridEngineExecutorDescriptor());
  }

  private void useCommandsOf(String scheduler) {
    Testbed.require(scheduler);
    String variable = "PSIJ_" + scheduler.toUpperCase(Locale.ROOT) + "_COMMAND_FOLDER";
    environment.put("PATH", System.getenv(variable));
  }
}
