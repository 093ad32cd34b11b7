package org.example.psij.tsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

final class TaskSpoolerListingTest {
  private final TaskSpoolerScheduler tsp = new TaskSpoolerScheduler();
  private final CommandResult list = TspSample.result("list", "tsp", "-l");

  @ParameterizedTest
  @CsvSource({
    "0, COMPLETED, 0,",
    "1, FAILED, 3, EXIT_CODE",
    "2, FAILED, , SIGNAL",
    "3, FAILED, , TIME_LIMIT",
    "4, FAILED, , REJECTED",
    "5, ACTIVE, ,",
    "6, QUEUED, ,",
    "7, ACTIVE, ,",
  })
  void rowTellsStateAndCause(String id, JobState state, Integer exitCode, FailureCause cause) {
    NativeStatus status = tsp.parseStatus(list).get(id);
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status.cause()).isEqualTo(cause);
  }

  @Test
  void markHoldsTheCommand() {
    assertThat(tsp.parseStatus(list).get("1").mark()).contains("/bin/bash -c exit 3");
  }

  @Test
  void idThatOccursTwiceIsNotBelieved() {
    StatusListing listing =
        tsp.parseStatus(
            TspSample.printed(
                "ID   State\n9    queued     (file)   x\n9    finished   x   0   0/0/0 lines\n"));
    assertThat(listing.get("9")).isNull();
    assertThat(listing.lacks("9")).isFalse();
  }

  @Test
  void jobThatIsNotListedIsGone() {
    assertThat(tsp.parseStatus(list).lacks("77")).isTrue();
    assertThat(tsp.parseStatus(TspSample.result("list-empty")).lacks("0")).isTrue();
  }

  @Test
  void stateThatNobodyHasHeardOfIsNoEnd() {
    StatusListing listing = tsp.parseStatus(TspSample.printed("ID \n3    dreaming   x  y\n"));
    assertThat(listing.get("3").state()).isNull();
  }

  @Test
  void queueThatDoesNotAnswerSaysNothingAboutAnyJob() {
    assertThatThrownBy(() -> tsp.parseStatus(TspSample.result("list-no-server")))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> tsp.parseList(TspSample.printed("\0garbage")))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void listHasTheJobsThatHaveNotEnded() {
    assertThat(tsp.parseList(list)).containsExactly("5", "6", "7");
  }

  @Test
  void truncatedListingClaimsNothingFalse() {
    StatusListing whole = tsp.parseStatus(list);
    for (int length = 3; length < list.stdout().length(); length++) {
      StatusListing part = tsp.parseStatus(TspSample.printed(list.stdout().substring(0, length)));
      part.jobs().forEach((id, status) -> assertThat(status.state()).isEqualTo(state(whole, id)));
      boolean wholeLines = list.stdout().charAt(length - 1) == '\n';
      assertThat(wholeLines || !part.lacks("3")).isTrue();
    }
  }

  private static JobState state(StatusListing listing, String id) {
    NativeStatus status = listing.get(id);
    return status == null ? null : status.state();
  }
}
