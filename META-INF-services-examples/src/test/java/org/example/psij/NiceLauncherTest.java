package org.example.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;

final class NiceLauncherTest {
  private final Launcher launcher = Launcher.getInstance("nice");

  @Test
  void niceGoesBeforeTheExecutable() {
    Job job = new Job(JobSpec.builder("/bin/echo").arguments("-n", "a b").build());
    assertThat(launcher.getLaunchCommand(job))
        .containsExactly("nice", "-n", "10", "/bin/echo", "-n", "a b");
  }

  @Test
  void executableThatWouldBeAnOptionIsRefused() {
    Job job = new Job(JobSpec.builder("--help").build());
    assertThatThrownBy(() -> launcher.getLaunchCommand(job))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("--help");
  }

  @Test
  void failureOfNiceItselfIsExplained() {
    String failed = "nice: cannot get niceness: Function not implemented";
    String missing = "job.sh: line 7: nice: command not found";
    assertThat(launcher.explainFailure(125, "x\n" + failed + "\n")).isEqualTo(failed);
    assertThat(launcher.explainFailure(127, missing + "\n")).isEqualTo(missing);
    assertThat(launcher.explainFailure(127, "sh: 1: nice: not found\n")).isNotNull();
  }

  @Test
  void failureOfTheExecutableIsNot() {
    String missing = "nice: '/no/such/program': No such file or directory\n";
    String forbidden = "nice: '/etc/passwd': Permission denied\n";
    assertThat(launcher.explainFailure(127, missing)).isNull();
    assertThat(launcher.explainFailure(126, forbidden)).isNull();
    assertThat(launcher.explainFailure(125, "something else\n")).isNull();
  }
}
