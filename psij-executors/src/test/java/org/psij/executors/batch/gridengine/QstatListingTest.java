package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;

final class QstatListingTest {
  private static final String HEAD = "<?xml version='1.0'?>\n<job_info  xmlns:xsd=\"x\">\n";

  private static StatusListing sample(String name) {
    return QstatListing.parse(Sample.of(name + ".qstat-all-xml"));
  }

  private static String row(int job, String letters) {
    return "<job_list state=\"pending\"><JB_job_number>"
        + job
        + "</JB_job_number><JB_name>x</JB_name><state>"
        + letters
        + "</state></job_list>\n";
  }

  private static StatusListing parse(String document) {
    return QstatListing.parse(Sample.result(0, document, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "pending, 43, qw, QUEUED, NORMAL",
    "pending-impossible, 37, qw, QUEUED, NORMAL",
    "pending-start-time, 46, qw, QUEUED, NORMAL",
    "pending-queue-limit, 38, qw, QUEUED, NORMAL",
    "held-user, 44, hqw, QUEUED, HELD",
    "held-operator, 227, hqw, QUEUED, HELD",
    "held-dependency, 45, hqw, QUEUED, HELD",
    "transferring, 143, t, ACTIVE, NORMAL",
    "running, 42, r, ACTIVE, NORMAL",
    "running-held, 42, hr, ACTIVE, NORMAL",
    "running-held, 47, ht, ACTIVE, NORMAL",
    "suspended, 48, s, ACTIVE, SUSPENDED",
    "suspended-queue, 48, S, ACTIVE, SUSPENDED",
    "suspended-both, 231, Ss, ACTIVE, SUSPENDED",
    "eqw-bad-wd, 50, Eqw, QUEUED, HELD",
    "exit100, 78, Eqw, QUEUED, HELD",
    "dr, 142, dr, ACTIVE, ENDING",
    "dr-notify, 74, dr, ACTIVE, ENDING",
    "resched.just-after, 141, Rq, QUEUED, NORMAL",
    "resched.Rr, 230, Rr, ACTIVE, NORMAL",
    "resched.suspended, 230, Rs, ACTIVE, SUSPENDED",
    "array-mixed, 53.2, r, ACTIVE, NORMAL",
    "array-mixed, 53.4, qw, QUEUED, NORMAL",
    "array-eqw, 208.3, Eqw, QUEUED, HELD",
    "array.after-qrls-task, 54.3, r, ACTIVE, NORMAL",
    "array.after-qrls-task, 54.9, hqw, QUEUED, HELD",
    "array-gap, 229.3, qw, QUEUED, NORMAL",
  })
  void lettersTellStateAndCondition(
      String file, String id, String letters, JobState state, Condition condition) {
    NativeStatus status = sample(file).get(id);
    assertThat(status).isNotNull();
    assertThat(status.nativeState()).isEqualTo(letters);
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.condition()).isEqualTo(condition);
  }

  @Test
  void whatIsUnusualHasAReason() {
    assertThat(sample("eqw-bad-wd").get("50").reason()).contains("error", "qmod -cj 50");
    assertThat(sample("held-user").get("44").reason()).contains("held", "qstat -j 44");
    assertThat(sample("suspended-queue").get("48").reason()).contains("queue");
    assertThat(sample("dr").get("142").reason()).contains("deleted");
    assertThat(sample("running").get("42").reason()).isNull();
  }

  @Test
  void restartIsTold() {
    assertThat(sample("resched.Rr").get("230").restarts()).isEqualTo(1);
    assertThat(sample("running").get("42").restarts()).isNull();
  }

  @Test
  void tasksThatAreMissingFromAListAreMissing() {
    StatusListing listing = sample("array-gap");
    assertThat(listing.lacks("229.2")).isTrue();
    assertThat(listing.jobs()).containsKeys("229.1", "229.3", "229.4", "225", "228");
    assertThat(sample("array.after-qrls-task").jobs().keySet())
        .containsExactlyInAnyOrder("54.3", "54.1", "54.5", "54.7", "54.9");
  }

  @Test
  void arrayAsAWholeHasNoStateAndIsNotGone() {
    assertThat(sample("array-mixed").get("53")).isNull();
    assertThat(sample("array-mixed").lacks("53")).isFalse();
  }

  @Test
  void tasksMayBeListedOneByOneAndSlotsToo() {
    assertThat(QstatListing.parse(Sample.of("array-mixed.qstat-gd-xml")).jobs()).hasSize(5);
    assertThat(QstatListing.parse(Sample.of("running.qstat-gt-xml")).jobs()).containsKey("42");
  }

  @Test
  void emptyListingLacksEveryJob() {
    StatusListing listing = QstatListing.parse(Sample.of("list.qstat-empty-xml"));
    assertThat(listing.jobs()).isEmpty();
    assertThat(listing.lacks("1")).isTrue();
  }

  @Test
  void wronglyEscapedNameHarmsNothing() {
    assertThat(QstatListing.parse(Sample.of("xml-escape.qstat-xml")).get("203").state())
        .isEqualTo(JobState.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error.qmaster-down-qstat-xml",
        "error.qmaster-down-qstat",
        "error.qmaster-port-wrong",
        "error.sge-root-wrong",
        "error.no-wrapper-no-root",
        "error.qstat-bad-option",
        "error.qstat-j-unknown-xml",
      })
  void nothingIsSaidIfNobodyCouldBeAsked(String name) {
    CommandResult answer = Sample.of(name);
    assertThatThrownBy(() -> QstatListing.parse(answer)).isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> QstatListing.ids(answer)).isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xqw", "z", "", "r w", "é", "d", "E", "h"})
  void unknownLettersAreNoState(String letters) {
    StatusListing listing = parse(HEAD + row(7, letters) + "</job_info>");
    NativeStatus status = listing.get("7");
    assertThat(listing.lacks("7")).isFalse();
    assertThat(status == null || status.state() == null).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "dRs, ACTIVE, ENDING",
    "dqw, QUEUED, ENDING",
    "hRwq, QUEUED, HELD",
    "T, ACTIVE, SUSPENDED",
    "Rt, ACTIVE, NORMAL",
    "hEqw, QUEUED, HELD",
  })
  void rarerLettersAreKnown(String letters, JobState state, Condition condition) {
    NativeStatus status = parse(HEAD + row(7, letters) + "</job_info>").get("7");
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.condition()).isEqualTo(condition);
  }

  @Test
  void brokenRowSpoilsOnlyItself() {
    String broken = row(8, "r").replace("<JB_name>x", "<JB_name>&nosuch; & <");
    StatusListing listing = parse(HEAD + row(7, "r") + broken + row(9, "qw") + "</job_info>");
    assertThat(listing.jobs()).containsOnlyKeys("7", "9");
    assertThat(listing.lacks("8")).isFalse();
    assertThat(listing.lacks("10")).isTrue();
  }

  @Test
  void rowWithoutIdLeavesAllMissingJobsUndecided() {
    String broken = row(8, "r").replace("JB_job_number", "number");
    StatusListing listing = parse(HEAD + row(7, "r") + broken + "</job_info>");
    assertThat(listing.jobs()).containsOnlyKeys("7");
    assertThat(listing.lacks("10")).isFalse();
  }

  @Test
  void controlCharactersDoNoHarm() {
    String odd = row(8, "r").replace("<JB_name>x", "<JB_name>a\u0001\u001b[0m\u0000b");
    assertThat(parse(HEAD + odd + "</job_info>").get("8").state()).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void entitiesAreNotExpanded() {
    String hostile =
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
            + HEAD
            + row(8, "&e;")
            + "</job_info>";
    assertThat(parse(hostile).jobs()).isEmpty();
    assertThat(parse(hostile).lacks("8")).isFalse();
  }

  @Test
  void endlessTasksAreNotListed() {
    String array = row(8, "qw").replace("</state>", "</state><tasks>1-999999999:1</tasks>");
    StatusListing listing = parse(HEAD + array + row(9, "r") + "</job_info>");
    assertThat(listing.jobs()).containsOnlyKeys("9");
    assertThat(listing.lacks("8.1")).isFalse();
  }

  @Test
  void truncatedDocumentSaysOfNoJobThatItIsGone() {
    String document = Sample.of("running-held.qstat-all-xml").stdout();
    StatusListing whole = parse(document);
    for (int length = 0; length < document.stripTrailing().length(); length++) {
      CommandResult answer = Sample.result(0, document.substring(0, length), "");
      try {
        StatusListing listing = QstatListing.parse(answer);
        assertThat(whole.jobs().keySet()).noneMatch(listing::lacks);
        listing
            .jobs()
            .forEach((id, status) -> assertThat(status.state()).isEqualTo(whole.get(id).state()));
      } catch (CommandException e) {
        assertThat(answer.stdout()).doesNotContain("<job_info  ");
      }
    }
  }

  @Test
  void hugeGarbageIsSurvived() {
    String garbage = "<job_list ".repeat(20_000) + "\u0000<".repeat(500_000);
    assertThat(parse(HEAD + garbage).lacks("1")).isFalse();
  }

  @Test
  void listHoldsJobsAndTasks() {
    assertThat(QstatListing.ids(Sample.of("array-mixed.qstat-all-xml")))
        .containsExactly("53.1", "53.2", "53.3", "53.4", "53.5");
    assertThat(QstatListing.ids(Sample.of("list.qstat-empty-xml"))).isEmpty();
    assertThat(
            QstatListing.ids(Sample.of("running-held.qstat-all-xml")).stream()
                .collect(Collectors.joining(" ")))
        .isEqualTo("42 47 43 45 46");
  }
}
