package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The commands for jobs of a scheduler that is slow to answer, refuses, or is not there. */
final class SchedulerAnswersTest {
  private final CommandInThisJvm psij = new CommandInThisJvm();

  private int run(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    all[1] = "-e";
    all[2] = "fake-scheduler";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return psij.run(all);
  }

  @Test
  void queuedJobIsKnownByWhatItsSchedulerSays() {
    assertThat(run("status", "pending", "completed")).isZero();
    assertThat(psij.out().lines().map(line -> line.replaceAll(" +[0-9]\\S+T\\S+ +| +", " ")))
        .containsExactly("pending QUEUED PD - waits for nodes", "completed COMPLETED - 0 -");
  }

  @Test
  void silenceIsNoAnswer() {
    assertThat(run("status", "--timeout", "0.1", "silent", "pending")).isEqualTo(1);
    assertThat(psij.out()).contains("silent", "pending");
    assertThat(psij.err()).isEqualTo("psij: silent: no answer within 0.1 s\n");
  }

  @Test
  void oneThatIsRefusedHindersNoOther() {
    assertThat(run("cancel", "--wait", "refused", "stubborn", "pending", "--timeout", "0.1"))
        .isEqualTo(1);
    assertThat(psij.out()).containsPattern("pending +CANCELED");
    assertThat(psij.err().lines())
        .containsExactly(
            "psij: refused: no such id",
            "psij: stubborn: not your job",
            "psij: stubborn: has not ended in time");
  }

  @Test
  void waitFailsUnlessAllAreCompleted() {
    assertThat(run("wait", "completed")).isZero();
    assertThat(run("wait", "completed", "failed")).isEqualTo(1);
    assertThat(run("wait", "completed", "refused")).isEqualTo(1);
  }

  @Test
  void exitCodeOfAnAttachedJobIsReturned() {
    assertThat(run("attach", "failed")).isEqualTo(7);
    assertThat(psij.out()).contains("FAILED  exit code 7");
  }

  @Test
  void schedulerThatIsNotThereIsSaidOnOneLine() {
    assertThat(run("list")).isEqualTo(1);
    assertThat(psij.err()).isEqualTo("psij: 'fakeq' was not found; in the PATH\n");
  }

  @Test
  void plainNumberOfATimeoutMeansSeconds() {
    assertThat(new TimeoutConverter().convert("90")).hasSeconds(90);
    assertThat(new TimeoutConverter().convert("0.25")).hasMillis(250);
    assertThat(new TimeoutConverter().convert("2m")).hasMinutes(2);
    assertThat(run("wait", "--timeout", "soon", "pending")).isEqualTo(2);
    assertThat(psij.err()).contains("soon");
  }
}
