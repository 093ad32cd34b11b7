package org.psij.executors.batch.lsf;

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

/** Against output that was written by hand from the manual: no LSF was at hand. */
final class BhistListingTest {
  private final LsfScheduler lsf = new LsfScheduler();
  private final String ended = LsfSample.text("ended.bhist.txt");

  private StatusListing read(int exitCode, String stdout, String stderr) {
    return lsf.parseAccounting(
        LsfSample.result(exitCode, stdout, stderr, "bhist", "-n", "0", "-l", "201"));
  }

  @Test
  void askedForAllAtOnce() {
    assertThat(lsf.accountingCommands(List.of("1", "2[3]")))
        .containsExactly(List.of("bhist", "-n", "0", "-l", "1", "2[3]"));
  }

  @ParameterizedTest
  @CsvSource({
    "201, COMPLETED, 0,",
    "202, FAILED, 3, EXIT_CODE",
    "203, CANCELED, 130, CANCELED_BY_USER",
    "204, FAILED, 140, TIME_LIMIT",
  })
  void endOfEachJobIsFound(String id, JobState state, int exitCode, FailureCause cause) {
    NativeStatus status = read(0, ended, "").get(id);
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status.cause()).isEqualTo(cause);
  }

  @Test
  void jobThatWasPutBackIntoTheQueueHasNotEnded() {
    assertThat(read(0, ended, "").get("205[3]")).isNull();
    assertThat(read(0, ended, "").lacks("205[3]")).isFalse();
  }

  @Test
  void brokenLinesAreJoined() {
    assertThat(read(0, ended, "").get("204").reason())
        .isEqualTo(
            "Completed <exit>; TERM_RUNLIMIT: job killed after reaching LSF run time limit;");
  }

  @Test
  void unknownJobIsMissingAndSilenceIsNoAnswer() {
    assertThat(read(255, "", "No matching job found\n").lacks("201")).isTrue();
    assertThatThrownBy(() -> read(255, "", "LSF is down. Please wait ...\n"))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> read(0, "\0garbage", "")).isInstanceOf(CommandException.class);
  }

  @Test
  void truncatedOutputClaimsNoFalseSuccess() {
    for (int length = 0; length < ended.length(); length++) {
      String part = ended.substring(0, length);
      try {
        StatusListing listing = read(137, part, "");
        assertThat(listing.lacks("201")).isFalse();
        listing
            .jobs()
            .forEach(
                (id, status) ->
                    assertThat(status.state() == JobState.COMPLETED)
                        .as(id)
                        .isEqualTo(id.equals("201")));
      } catch (CommandException e) {
        assertThat(part).doesNotContain("Job <201>,");
      }
    }
  }
}
