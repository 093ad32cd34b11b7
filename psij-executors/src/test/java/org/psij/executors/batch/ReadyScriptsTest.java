package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.BatchScripts;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.SubmitException;

/** Scripts with directives of their own, as users have them. */
final class ReadyScriptsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private @Nullable JobExecutor executor;

  private BatchScripts open(String name) {
    Testbed.require(name);
    return open(name, null);
  }

  private BatchScripts open(String name, @Nullable Path commands) {
    BatchExecutorConfig.Builder config =
        BatchExecutorConfig.builder()
            .workDirectory(folder.resolve("work"))
            .initialDelay(Duration.ofMillis(500))
            .graceTime(Duration.ofSeconds(3))
            .pollingInterval(Duration.ofSeconds(1));
    if (commands != null) {
      config.commandFolder(commands);
    }
    executor = JobExecutor.getInstance(name, null, null, config.build());
    return executor.capability(BatchScripts.class).orElseThrow();
  }

  @AfterEach
  void close() {
    if (executor != null) {
      executor.close();
    }
  }

  private Path script(String name, String text) throws Exception {
    return Files.writeString(
        folder.resolve(name), "#!/bin/bash\n" + text.replace("FOLDER", folder.toString()));
  }

  private static void assertEnd(
      Job job, JobState state, @Nullable Integer exitCode, @Nullable FailureCause cause)
      throws InterruptedException {
    JobStatus end = job.waitFor(PATIENCE);
    assertThat(end).as("%s", job).isNotNull();
    assertThat(end.getState()).as("%s", end).isEqualTo(state);
    assertThat(end.getExitCode()).as("%s", end).isEqualTo(exitCode);
    assertThat(end.getCause()).as("%s", end).isEqualTo(cause);
  }

  @Test
  @Tag("testbed")
  void slurmRunsScriptsAsTheyAreAndTellsTheirEnds() throws Exception {
    BatchScripts scripts = open("slurm");
    Job fails = new Job();
    Job succeeds = new Job();
    Job isCanceled = new Job();

    scripts.submit(
        fails,
        script(
            "fails.sbatch",
            """
            #SBATCH --job-name=of-the-script --output=FOLDER/slurm.out
            echo "$SLURM_JOB_NAME ${LC_ALL-unset} ${TZ-unset}"
            exit 3
            """));
    scripts.submit(succeeds, script("succeeds.sbatch", "#SBATCH -o /dev/null\ntrue\n"));
    scripts.submit(isCanceled, script("long.sbatch", "#SBATCH -o /dev/null\nsleep 600\n"));
    assertThat(fails.getNativeId()).matches("[0-9]+");
    isCanceled.cancel();

    assertEnd(fails, JobState.FAILED, 3, FailureCause.EXIT_CODE);
    assertThat(folder.resolve("slurm.out"))
        .hasContent("of-the-script " + own("LC_ALL") + " " + own("TZ"));
    assertEnd(succeeds, JobState.COMPLETED, 0, null);
    assertEnd(isCanceled, JobState.CANCELED, null, FailureCause.CANCELED_BY_USER);
  }

  private static String own(String variable) {
    return System.getenv().getOrDefault(variable, "unset");
  }

  @Test
  @Tag("testbed")
  void slurmTellsWhatItDoesNotTake() throws Exception {
    BatchScripts scripts = open("slurm");
    Job job = new Job();

    Path bad = script("bad.sbatch", "#SBATCH --partition=no-such-partition\ntrue\n");
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scripts.submit(job, bad))
        .withMessageContaining("The script " + bad + ": Slurm refused the job")
        .withMessageContaining("invalid partition");
    Path array = script("array.sbatch", "# words\n#SBATCH --array=1-3\ntrue\n");
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> scripts.submit(job, array))
        .withMessageContaining(array + ", line 3: '#SBATCH --array=1-3' makes it an array");
    assertThat(job.getStatus().getState()).isEqualTo(JobState.NEW);
  }

  @Test
  @Tag("testbed")
  void gridEngineRunsScriptsAsTheyAre() throws Exception {
    BatchScripts scripts = open("gridengine");
    Job fails = new Job();
    Job succeeds = new Job();

    scripts.submit(
        fails,
        script(
            "fails.sh",
            "#$ -N of-the-script -S /bin/bash\n#$ -j y -o FOLDER/ge.out\necho $JOB_NAME\nexit 3\n"));
    scripts.submit(succeeds, script("succeeds.sh", "#$ -S /bin/bash -j y -o /dev/null\ntrue\n"));

    assertEnd(fails, JobState.FAILED, 3, FailureCause.EXIT_CODE);
    assertThat(folder.resolve("ge.out")).hasContent("of-the-script");
    assertEnd(succeeds, JobState.COMPLETED, 0, null);
  }

  /** Slurm's qstat does not tell how a job ended, and its qsub writes files of its own. */
  @Test
  @Tag("testbed")
  void theTorqueCommandsRunScriptsAsTheyAre() throws Exception {
    Job job = new Job();
    open("pbs_classic")
        .submit(
            job,
            script(
                "script.pbs",
                "#PBS -l nodes=1:ppn=1,walltime=00:02:00\n#PBS -j oe -o /dev/null\nsleep 600\n"));

    assertThat(job.waitFor(PATIENCE, JobState.ACTIVE)).isNotNull();
    job.cancel();
    assertEnd(job, JobState.CANCELED, null, FailureCause.CANCELED_BY_USER);
    for (String stream : List.of(".o", ".e")) {
      Files.deleteIfExists(Path.of("script.pbs" + stream + job.getNativeId()));
    }
  }

  @Test
  void aFakeLsfReadsTheScriptFromItsInput() throws Exception {
    Path bsub =
        script("bsub", "cat >FOLDER/input; echo \"Job <7> is submitted to queue <normal>.\"\n");
    Files.setPosixFilePermissions(bsub, PosixFilePermissions.fromString("rwx------"));
    Path script = script("script.lsf", "#BSUB -J name\ntrue\n");
    BatchScripts scripts = open("lsf", folder);
    Job job = new Job();

    scripts.submit(job, script);

    assertThat(job.getNativeId()).isEqualTo("7");
    assertThat(job.getStatus().getState()).isEqualTo(JobState.QUEUED);
    assertThat(folder.resolve("input")).hasSameTextualContentAs(script);
    assertThatExceptionOfType(InvalidStateException.class)
        .isThrownBy(() -> scripts.submit(job, script));
  }

  @Test
  void anIdThatCannotBeFollowedIsTold() throws Exception {
    Path qsub = script("qsub", "echo '25[].server'\n");
    Files.setPosixFilePermissions(qsub, PosixFilePermissions.fromString("rwx------"));
    Path script = script("script.pbs", "true\n");
    BatchScripts scripts = open("pbs", folder);

    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> scripts.submit(new Job(), script))
        .withMessageContaining("'25[].server' is not the id of one job")
        .satisfies(e -> assertThat(e.isOutcomeUnknown()).isTrue());
  }
}
