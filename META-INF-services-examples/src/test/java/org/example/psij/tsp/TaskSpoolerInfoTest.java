package org.example.psij.tsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

final class TaskSpoolerInfoTest {
  private final TaskSpoolerScheduler tsp = new TaskSpoolerScheduler();

  private StatusListing info(String sample) {
    return tsp.parseAccounting(TspSample.result(sample, "tsp", "-i", "3"));
  }

  @Test
  void eachJobIsAskedForByItself() {
    assertThat(tsp.accountingCommands(List.of("3", "-K", "12")))
        .containsExactly(List.of("tsp", "-i", "3"), List.of("tsp", "-i", "12"));
  }

  @ParameterizedTest
  @CsvSource({
    "info-success, COMPLETED, 0,",
    "info-exit, FAILED, 3, EXIT_CODE",
    "info-killed, FAILED, 143, SIGNAL",
    "info-limit, FAILED, , TIME_LIMIT",
  })
  void endIsTold(String sample, JobState state, Integer exitCode, FailureCause cause) {
    NativeStatus status = info(sample).get("3");
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status.cause()).isEqualTo(cause);
  }

  @Test
  void jobThatRunsIsThereAndHasNoEnd() {
    assertThat(info("info-running").get("3")).isNull();
    assertThat(info("info-running").lacks("3")).isFalse();
  }

  @Test
  void unknownJobIsGoneAndSilenceIsNoAnswer() {
    assertThat(info("info-unknown").lacks("3")).isTrue();
    assertThat(info("kill-queued").lacks("3")).isTrue();
    assertThatThrownBy(() -> info("list-no-server")).isInstanceOf(CommandException.class);
  }
}
