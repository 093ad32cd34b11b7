package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

/** Against output that was written by hand from the manual: no LSF was at hand. */
final class BjobsListingTest {
  private final String states = LsfSample.text("states.bjobs.txt");

  @ParameterizedTest
  @CsvSource({
    "101, QUEUED, NORMAL,",
    "102, QUEUED, HELD,",
    "103, QUEUED, NORMAL,",
    "104, ACTIVE, NORMAL,",
    "105, ACTIVE, SUSPENDED,",
    "106, ACTIVE, SUSPENDED,",
    "107, COMPLETED, NORMAL, 0",
    "108, FAILED, NORMAL, 3",
    "109, ACTIVE, NORMAL,",
    "110, QUEUED, NORMAL,",
    "111, ACTIVE, ENDING,",
    "113[4], FAILED, NORMAL, 137",
    "114, FAILED, NORMAL, 140",
    "115, FAILED, NORMAL, 255",
  })
  void everyStateOfTheManualHasItsMeaning(
      String id, JobState state, Condition condition, Integer exitCode) {
    NativeStatus status = LsfSample.status(0, states, "", id).get(id);
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.condition()).isEqualTo(condition);
    assertThat(status.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void stateThatNobodyHasHeardOfIsNoEnd() {
    NativeStatus status = LsfSample.status(0, states, "", "112").get("112");
    assertThat(status.state()).isNull();
    assertThat(status.nativeState()).isEqualTo("NEVERHEARD");
  }

  @Test
  void reasonsAndCausesAreTold() {
    StatusListing listing = LsfSample.status(0, states, "", "101");
    assertThat(listing.get("101").reason()).contains("resource reservation not satisfied");
    assertThat(listing.get("102").reason()).startsWith("held while pending: The job was suspended");
    assertThat(listing.get("104").mark()).contains("'/home/u/.psij/work/lsf/d|e/job.sh'");
    assertThat(listing.get("106").reason()).contains("Host load exceeded");
    assertThat(listing.get("108").cause()).isEqualTo(FailureCause.EXIT_CODE);
    assertThat(listing.get("113[4]").cause()).isEqualTo(FailureCause.SIGNAL);
    assertThat(listing.get("114").cause()).isEqualTo(FailureCause.TIME_LIMIT);
    assertThat(listing.get("114").reason()).contains("TERM_RUNLIMIT");
    assertThat(listing.get("115").cause()).isEqualTo(FailureCause.EXIT_CODE);
  }

  @Test
  void onlyJobsThatLsfDisownsAreMissing() {
    String error = "Job <7> is not found\n";
    StatusListing listing = LsfSample.status(255, states, error, "101", "7", "8");
    assertThat(listing.lacks("7")).isTrue();
    assertThat(listing.lacks("8")).isFalse();
    assertThat(listing.lacks("101")).isFalse();
    assertThat(LsfSample.status(255, "", error, "7", "8").lacks("8")).isFalse();
    assertThat(LsfSample.status(255, "", "No job found\n", "8").lacks("8")).isTrue();
    assertThat(LsfSample.status(255, "", "x7: Illegal job ID.\n", "x7").lacks("x7")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LSF is down. Please wait ...\n",
        "Cannot connect to LSF. Please wait ...\n",
        "batch daemon not responding ... still trying\n",
        "Failed in an LSF library call: LIM is down; try later\n",
      })
  void silenceOfLsfSaysNothingAboutAnyJob(String error) {
    assertThatThrownBy(() -> LsfSample.status(255, "", error, "7"))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> LsfSample.status(0, "", error, "7"))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void badRowSpoilsOnlyItself() {
    String rows =
        "garbage\n\n108|0|EXIT|x|-|-|-\n109|0\n107|0|DONE|-|-|-|-\n9999999999999|0|RUN|-|-|-|-\n";
    StatusListing listing = LsfSample.status(0, rows, "", "107", "108", "109");
    assertThat(listing.jobs()).containsOnlyKeys("107", "9999999999999");
    assertThat(listing.lacks("108")).isFalse();
    assertThat(listing.lacks("109")).isFalse();
  }

  @Test
  void truncatedOutputClaimsNothingFalse() {
    StatusListing whole = LsfSample.status(0, states, "", "101");
    for (int length = 0; length < states.length(); length++) {
      String part = states.substring(0, length);
      try {
        StatusListing listing = LsfSample.status(0, part, "", "101", "107", "113[4]");
        listing
            .jobs()
            .forEach((id, status) -> assertThat(status).hasToString(String.valueOf(whole.get(id))));
        assertThat(listing.lacks("107")).isFalse();
      } catch (CommandException e) {
        assertThat(part).doesNotContain("\n");
      }
    }
  }

  @Test
  void listHasTheIdsOfAllRows() {
    LsfScheduler lsf = new LsfScheduler();
    assertThat(lsf.parseList(LsfSample.result(0, "1|0|RUN|-|-|-|x\n2|5|\n", "", "bjobs")))
        .containsExactly("1", "2[5]");
    assertThat(lsf.parseList(LsfSample.result(255, "", "No unfinished job found\n", "bjobs")))
        .isEmpty();
    assertThatThrownBy(
            () -> lsf.parseList(LsfSample.result(255, "", "LSF is down. Please wait", "bjobs")))
        .isInstanceOf(CommandException.class);
  }
}
