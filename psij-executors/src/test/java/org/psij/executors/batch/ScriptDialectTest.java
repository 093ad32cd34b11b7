package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidJobException;
import org.psij.SubmitException;
import org.psij.executors.batch.gridengine.GridEngineExecutorDescriptor;
import org.psij.executors.batch.lsf.LsfExecutorDescriptor;
import org.psij.executors.batch.pbs.PbsExecutorDescriptor;
import org.psij.executors.batch.pbs.TorqueExecutorDescriptor;
import org.psij.executors.batch.slurm.SlurmExecutorDescriptor;

final class ScriptDialectTest {
  private static final ScriptDialect SLURM = dialect(new SlurmExecutorDescriptor());
  private static final ScriptDialect PBS = dialect(new PbsExecutorDescriptor());
  private static final ScriptDialect TORQUE = dialect(new TorqueExecutorDescriptor());
  private static final ScriptDialect GRID_ENGINE = dialect(new GridEngineExecutorDescriptor());
  private static final ScriptDialect LSF = dialect(new LsfExecutorDescriptor());

  @TempDir Path folder;

  private static ScriptDialect dialect(BatchExecutorDescriptor descriptor) {
    return Objects.requireNonNull(descriptor.getScheduler().scripts());
  }

  private static void assertRefused(ScriptDialect dialect, String... words) {
    for (String word : words) {
      assertThat(dialect.refusal(List.of("--first", word))).as(word).isNotNull();
    }
  }

  private static void assertTaken(ScriptDialect dialect, String... words) {
    for (String word : words) {
      assertThat(dialect.refusal(List.of("--first", word))).as(word).isNull();
    }
  }

  @Test
  void optionsThatMakeNoSingleJobAreRefused() {
    assertRefused(SLURM, "-a", "-a1-3", "--array=1-3", "--arr=1", "-W", "--wait", "--test-only");
    assertRefused(SLURM, "-Q", "--quiet");
    assertThat(SLURM.refusal(List.of("hetjob"))).contains("heterogeneous");
    assertRefused(SLURM, "-M", "-Mother", "--clusters=other", "--cluster=other");
    assertRefused(PBS, "-J", "-J1-3", "block=true", "-Wblock=true", "umask=22,block=1", "-I", "-z");
    assertRefused(TORQUE, "-t", "-t0-3", "-J", "-I");
    assertRefused(GRID_ENGINE, "-t", "-sync", "-verify");
    assertRefused(
        LSF, "-Jname[1-3]", "\"name[1-10:2]%5\"", "name[1,4]", "my-job[1-10]", "-K", "-I", "-Is");
  }

  @Test
  void otherOptionsAreTaken() {
    assertTaken(
        SLURM, "-A", "--account=a", "--wait-all-nodes=1", "--cluster-constraint=x", "-t", "hetjob");
    assertTaken(PBS, "-j", "oe", "-N", "umask=22", "-l", "select=1:ncpus=2");
    assertTaken(TORQUE, "-l", "nodes=1:ppn=2", "-j", "oe");
    assertTaken(GRID_ENGINE, "-tc", "-S", "/bin/bash", "-l", "h_rt=60");
    assertTaken(
        LSF, "-J", "name", "-R", "\"done(123[4])\"", "\"span[hosts=1]\"", "select[mem>100]");
  }

  @Test
  void theCommandIsThatOfTheManual() {
    assertThat(SLURM.submitCommand("/a b"))
        .containsExactly("sbatch", "--parsable", "--ignore-pbs", "/a b");
    assertThat(PBS.submitCommand("/a b")).containsExactly("qsub", "/a b");
    assertThat(GRID_ENGINE.submitCommand("/a")).containsExactly("qsub", "-terse", "/a");
    assertThat(LSF.submitCommand("/a")).containsExactly("bsub");
    assertThat(LSF.isReadFromInput()).isTrue();
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> TORQUE.submitCommand("/a b"))
        .withMessageContaining("'/a b'");
  }

  @Test
  void directivesEndWithTheFirstCommandUnlessTheyStandAnywhere() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            #!/bin/bash
            # words
            #$ -N name -cwd # -t 1-3

              # more
            #$HOME is no directive
            echo
            #$ -t 1-3
            """);
    ScriptFile file = ScriptFile.read(script);

    assertThat(file.directives("#$", false))
        .extracting(ScriptFile.Line::line, ScriptFile.Line::words)
        .startsWith(tuple(3, List.of("-N", "name", "-cwd")))
        .hasSize(2);
    assertThat(file.directives("#$", true)).last().extracting("line").isEqualTo(8);
    assertThat(file.hasDirectives("#$")).isTrue();
    assertThat(file.hasDirectives("#SBATCH")).isFalse();
  }

  @Test
  void whatIsNoScriptIsRefused() {
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> ScriptFile.read(folder.resolve("missing")))
        .withMessage("There is no script " + folder.resolve("missing"));
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> ScriptFile.read(folder))
        .withMessage("The script " + folder + " is no regular file");
  }
}
