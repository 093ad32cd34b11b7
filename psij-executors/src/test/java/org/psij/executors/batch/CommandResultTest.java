package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandResultTest {
  private static CommandResult result(String stdout, String stderr) {
    return new CommandResult(List.of("sbatch", "job.sh"), 3, stdout, stderr, Duration.ofMillis(7));
  }

  @Test
  void complaintIsStandardErrorOrElseStandardOutput() {
    assertThat(result("out\n", " err\n").complaint()).isEqualTo("err");
    assertThat(result("out\n", " \n").complaint()).isEqualTo("out");
  }

  @Test
  void veryLongComplaintIsShortened() {
    assertThat(result("", "x".repeat(1_000_000)).complaint()).hasSizeLessThan(3000).endsWith("…");
    assertThat(result("x".repeat(1_000_000), "").toString()).hasSizeLessThan(3000);
  }

  @Test
  void outputCannotControlTheTerminalThatShowsIt() {
    assertThat(result("", "a\u001b[2Jb\rc\td\ne").complaint()).isEqualTo("a?[2Jb?c\td\ne");
  }

  @Test
  void exceptionTellsCommandLineExitCodeBothOutputsAndTime() {
    CommandException exception = new CommandException("No answer", result("some", "none"));
    assertThat(exception)
        .hasMessage(
            "No answer: 'sbatch job.sh' returned 3 after 7 ms; stdout: 'some'; stderr: 'none'");
    assertThat(exception.isTimeout()).isFalse();
  }
}
