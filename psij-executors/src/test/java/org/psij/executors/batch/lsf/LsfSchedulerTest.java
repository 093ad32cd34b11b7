package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.JobExecutor;

final class LsfSchedulerTest {
  private final LsfScheduler lsf = new LsfScheduler();

  @Test
  void executorIsKnownByItsName() {
    assertThat(JobExecutor.getExecutorNames()).contains("lsf");
    assertThat(new LsfExecutorDescriptor().getScheduler().attributePrefixes())
        .containsExactly("lsf");
  }

  @Test
  void commandsAreThoseOfLsf() {
    assertThat(lsf.statusCommand(List.of("1", "2[3]")))
        .containsExactly(
            "bjobs",
            "-a",
            "-noheader",
            "-o",
            "jobid jobindex stat exit_code exit_reason pend_reason command delimiter='|'",
            "1",
            "2[3]");
    assertThat(lsf.cancelCommand("2[3]")).containsExactly("bkill", "2[3]");
    assertThat(lsf.listCommand("u")).startsWith("bjobs", "-u", "u", "-noheader");
  }

  @Test
  void idThatStandsForAllJobsIsNone() {
    assertThat(List.of("1", "2[3]", "1234567890")).allMatch(lsf::isNativeId);
    assertThat(List.of("0", "00", "2[0]", "2[]", "2[1-3]", "name")).noneMatch(lsf::isNativeId);
  }

  @Test
  void variablesOfASurroundingJobAreHiddenAndThoseOfTheInstallationAreNot() {
    assertThat(List.of("LSB_JOBID", "LSB_HOSTS", "LS_JOBPID", "BSUB_QUIET", "LSB_BJOBS_FORMAT"))
        .allMatch(lsf::isHiddenFromCommands);
    assertThat(List.of("LSF_ENVDIR", "LSF_BINDIR", "PATH", "HOME"))
        .noneMatch(lsf::isHiddenFromCommands);
  }
}
